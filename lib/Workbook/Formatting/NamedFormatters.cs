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
/// a reference to any notebook host. For types that cannot name any (of another library, interfaces, lists) an assembly has the attribute, and each
/// of its formatters has a property <c>Type</c>.
/// </summary>
internal sealed class NamedFormatters
{
    /// <summary>The simple name of the attribute.</summary>
    public const string AttributeName = "TypeFormatterSourceAttribute";

    // A weak key lets a session's types go; the holder lets "none" be remembered, too.
    private static readonly ConditionalWeakTable<Type, StrongBox<NamedFormatters?>> Known = [];
    private static readonly ConditionalWeakTable<Assembly, Lazy<ImmutableArray<TypeFormatter>>> Assemblies = [];

    private readonly ImmutableArray<TypeFormatter> _formatters;

    private NamedFormatters(ImmutableArray<TypeFormatter> formatters) => _formatters = formatters;

    /// <summary>The formatters of a type, of its base class, or of an assembly that knows it; null where there are none.</summary>
    public static NamedFormatters? Find(Type type) => Known.GetValue(type, type => new StrongBox<NamedFormatters?>(Read(type))).Value;

    /// <summary>Takes in an assembly that has the attribute. Its formatters are made when the first value is shown.</summary>
    public static void Take(Assembly assembly)
    {
        Assemblies.AddOrUpdate(assembly, new(() => Made(assembly.GetCustomAttributes(inherit: false))));
        Known.Clear();
    }

    /// <summary>Formats a value by every formatter, and adds the results to a bundle that already has the plain text.</summary>
    public MimeBundle Format(object value, MimeBundle plain) => _formatters.Aggregate(
        plain,
        (bundle, formatter) => Run(formatter, value) is { } text ? bundle.With(formatter.MimeType, text) : bundle);

    /// <summary>The HTML form alone, for a value inside a table; null where there is none.</summary>
    public string? Html(object value) => _formatters
        .Where(formatter => formatter.MimeType == MimeBundle.HtmlType)
        .Select(formatter => Run(formatter, value))
        .FirstOrDefault();

    private static string? Run(TypeFormatter formatter, object value)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var done = formatter.Format.Invoke(
            formatter.Instance, BindingFlags.DoNotWrapExceptions, binder: null, [value, writer], CultureInfo.InvariantCulture);
        return done is true ? writer.ToString() : null;
    }

    private static NamedFormatters? Read(Type type)
    {
        // An assembly that the notebook references comes before the type's own library: somebody chose to see the type in its way.
        var fitting = Assemblies.SelectMany(one => one.Value.Value).Where(one => one.Type?.IsAssignableFrom(type) == true).ToList();
        ImmutableArray<TypeFormatter> chosen = fitting.Count > 0
            ? [.. fitting.Where(one => one.Type == fitting[0].Type)]
            : Made(type.GetCustomAttributes(inherit: true)).RemoveAll(one => one.Type is not null && !one.Type.IsAssignableFrom(type));
        return chosen.IsEmpty ? null : new NamedFormatters(chosen);
    }

    private static ImmutableArray<TypeFormatter> Made(object[] attributes)
    {
        var attribute = attributes.FirstOrDefault(one => one.GetType().Name == AttributeName);
        if (attribute is null || Property(attribute, "FormatterSourceType") is not Type source)
        {
            return [];
        }
        var wanted = Property(attribute, "PreferredMimeTypes") as string[] ?? [];
        var made = source.GetMethod("CreateTypeFormatters", Type.EmptyTypes)?.Invoke(Activator.CreateInstance(source), null) as IEnumerable;
        return
        [
            .. from formatter in (made ?? Array.Empty<object>()).Cast<object>()
               let mimeType = Property(formatter, "MimeType") as string ?? ""
               let format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])
               where format?.ReturnType == typeof(bool) && (wanted.Length == 0 || wanted.Contains(mimeType))
               select new TypeFormatter(mimeType, Property(formatter, "Type") as Type, format, formatter),
        ];
    }

    private static object? Property(object target, string name) => target.GetType().GetProperty(name)?.GetValue(target);

    private sealed record TypeFormatter(string MimeType, Type? Type, MethodInfo Format, object Instance);
}
