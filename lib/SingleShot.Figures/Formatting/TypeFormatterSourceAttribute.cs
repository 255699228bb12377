namespace SingleShot.Figures.Formatting;

/// <summary>Tells a C# notebook which class turns a value into what the notebook shows.</summary>
/// <remarks>
/// Notebook kernels look for this attribute by its simple name and the names of its properties, so that a library can render
/// itself without referring to any of them.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a public constructor without parameters and a method CreateTypeFormatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The kinds of output that the notebook should keep, best last.</summary>
    public string[] PreferredMimeTypes { get; set; } = [Mime.Html];
}
