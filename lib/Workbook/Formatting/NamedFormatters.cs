using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Workbook.Outputs;

namespace Workbook.Formatting;

/// <summary>
/// The formatters that a type brings with it. Its class has an attribute called <c>TypeFormatterSourceAttribute</c>, with the properties
/// <c>FormatterSourceType</c> and <c>PreferredMimeTypes</c>; it is found by these names. So a library can format its own values without
/// a reference to any notebook host.
/// </summary>
internal sealed class NamedFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    // A weak key lets a session's types go; the holder lets "none" be remembered, too.
    private static readonly ConditionalWeakTable<Type, StrongBox<NamedFormatters?>> Known = [];

    private readonly ImmutableArray<(string MimeType, MethodInfo Format, object Formatter)> _formatters;

    private NamedFormatters(ImmutableArray<(string, MethodInfo, object)> formatters) => _formatters = formatters;

    /// <summary>The formatters of a type or its base class; null where it names none.</summary>
    public static NamedFormatters? Find(Type type) => Known.GetValue(type, type => new StrongBox<NamedFormatters?>(Read(type))).Value;

    /// <summary>Formats a value by every formatter, and adds the results to a bundle that already has the plain text.</summary>
    public MimeBundle Format(object value, MimeBundle plain) => _formatters.Aggregate(
        plain,
        (bundle, formatter) => Run(formatter, value) is { } text ? bundle.With(formatter.MimeType, text) : bundle);

    /// <summary>The HTML form alone, for a value inside a table; null where there is none.</summary>
    public string? Html(object value) => _formatters
        .Where(formatter => formatter.MimeType == MimeBundle.HtmlType)
        .Select(formatter => Run(formatter, value))
        .FirstOrDefault();

    private static string? Run((string MimeType, MethodInfo Format, object Formatter) formatter, object value)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var done = formatter.Format.Invoke(
            formatter.Formatter, BindingFlags.DoNotWrapExceptions, binder: null, [value, writer], CultureInfo.InvariantCulture);
        return done is true ? writer.ToString() : null;
    }

    private static NamedFormatters? Read(Type type)
    {
        var attribute = type.GetCustomAttributes(inherit: true).FirstOrDefault(one => one.GetType().Name == AttributeName);
        if (attribute is null || Property(attribute, "FormatterSourceType") is not Type source)
        {
            return null;
        }
        var wanted = Property(attribute, "PreferredMimeTypes") as string[] ?? [];
        var made = source.GetMethod("CreateTypeFormatters", Type.EmptyTypes)?.Invoke(Activator.CreateInstance(source), null) as IEnumerable;
        var formatters = (made ?? Array.Empty<object>()).Cast<object>()
            .Select(formatter => (
                MimeType: Property(formatter, "MimeType") as string ?? "",
                Format: formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]),
                Formatter: formatter))
            .Where(one => one.Format?.ReturnType == typeof(bool) && (wanted.Length == 0 || wanted.Contains(one.MimeType)))
            .Select(one => (one.MimeType, one.Format!, one.Formatter))
            .ToImmutableArray();
        return formatters.IsEmpty ? null : new NamedFormatters(formatters);
    }

    private static object? Property(object target, string name) => target.GetType().GetProperty(name)?.GetValue(target);
}
