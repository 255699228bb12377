namespace SingleShot.Figures.Drawing;

/// <summary>Writes one kind of output of a figure; a notebook kernel finds the members by their names.</summary>
internal sealed class FigureFormatter(string mimeType, Func<object, string?> write, Type? type = null)
{
    public string MimeType { get; } = mimeType;

    /// <summary>The type of what it writes, an interface perhaps; null for the type whose attribute leads here.</summary>
    public Type? Type { get; } = type;

    public bool Format(object instance, TextWriter writer)
    {
        if (write(instance) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}

/// <summary>What a notebook asks for the outputs of a <see cref="Figure"/>.</summary>
internal sealed class FigureFormatterSource
{
    // A kernel reaches this through reflection, on an instance.
#pragma warning disable CA1822
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new FigureFormatter(Mime.Plain, value => (value as Figure)?.Summary),
        new FigureFormatter(Mime.Html, value => (value as Figure)?.ToHtml()),
    ];
#pragma warning restore CA1822
}

/// <summary>Tells a C# notebook which class turns a value into what the notebook shows.</summary>
/// <remarks>
/// Notebook kernels look for this attribute by its simple name and the names of its properties, so that a library can render
/// itself without referring to any of them. On an assembly it leads to formatters that name a type each, of whatever assembly.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A class with a public constructor without parameters and a method CreateTypeFormatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The kinds of output that the notebook should keep, best last.</summary>
    public string[] PreferredMimeTypes { get; set; } = [Mime.Html];
}

/// <summary>The kinds of output.</summary>
internal static class Mime
{
    public const string Html = "text/html";

    /// <summary>For a place that can show text only.</summary>
    public const string Plain = "text/plain";

    /// <summary>A chart as data; VS Code draws it by itself, and so does JupyterLab with Plotly's extension.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";
}
