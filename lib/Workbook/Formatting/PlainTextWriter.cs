using System.Collections;
using System.Globalization;
using System.Text;

namespace Workbook.Formatting;

/// <summary>Writes a value as plain text, in the invariant culture.</summary>
internal static class PlainTextWriter
{
    /// <summary>Writes a value: scalars as they are, sequences in brackets, objects with their properties.</summary>
    public static string Write(object? value)
    {
        // Text of its own is shown as it is; inside a sequence it is shown as an item.
        return value switch
        {
            HtmlContent html => html.Html,
            Exception e => e.ToString(),
            _ => Append(new StringBuilder(), value, depth: 0).ToString(),
        };
    }

    /// <summary>A scalar, or the object's own words.</summary>
    public static string Words(object value)
    {
        try
        {
            return (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString()) ?? "";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{value.GetType().Name} (its ToString failed: {e.Message})";
        }
    }

    private static StringBuilder Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                return text.Append("<null>");
            case Exception e:
                return text.Append(CultureInfo.InvariantCulture, $"{e.GetType().Name}: {e.Message}");
            case var _ when ValueShape.HasOwnWords(value):
                return text.Append(depth == 0 ? Words(value) : FormatLimits.Cut(Words(value)));
            case var _ when depth == FormatLimits.Depth:
                return text.Append(TypeName.Of(value.GetType()));
            case IDictionary dictionary:
                return Entries(text, dictionary, depth);
            case IEnumerable sequence:
                return Items(text, sequence, depth);
            default:
                return Properties(text, value, depth);
        }
    }

    private static StringBuilder Entries(StringBuilder text, IDictionary dictionary, int depth)
    {
        var (entries, more) = FormatLimits.First(dictionary.Keys);
        text.Append("{ ");
        foreach (var key in entries)
        {
            Append(text, key, depth + 1).Append(": ");
            Append(text, dictionary[key!], depth + 1).Append(", ");
        }
        return Close(text, more, " }");
    }

    private static StringBuilder Items(StringBuilder text, IEnumerable sequence, int depth)
    {
        var (items, more) = FormatLimits.First(sequence);
        text.Append("[ ");
        foreach (var item in items)
        {
            Append(text, item, depth + 1).Append(", ");
        }
        return Close(text, more, " ]");
    }

    private static StringBuilder Properties(StringBuilder text, object value, int depth)
    {
        var members = ValueShape.Members(value.GetType());
        text.Append(TypeName.Of(value.GetType()));
        if (members.Count == 0)
        {
            return text;
        }
        text.Append(" { ");
        foreach (var member in members.Take(FormatLimits.Members))
        {
            Append(text.Append(member.Name).Append(": "), member.Of(value), depth + 1).Append(", ");
        }
        return Close(text, members.Count > FormatLimits.Members ? "…" : null, " }");
    }

    private static StringBuilder Close(StringBuilder text, string? more, string bracket)
    {
        if (more is not null)
        {
            return text.Append(more).Append(bracket);
        }
        // Nothing inside leaves one space; something leaves a comma and a space.
        text.Length -= text[^2] == ',' ? 2 : 1;
        return text.Append(bracket);
    }
}
