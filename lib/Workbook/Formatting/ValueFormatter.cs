using System.Collections;
using System.Collections.Immutable;
using System.Net;

namespace Workbook.Formatting;

/// <summary>Turns any value into the forms in which a notebook shows it.</summary>
public static class ValueFormatter
{
    /// <summary>
    /// Formats a value: by the formatters that its type names, else as the value's own words, a table of its items or a table of
    /// its properties. There is always plain text.
    /// </summary>
    /// <param name="value">Any value; null shows as <c>&lt;null&gt;</c>.</param>
    public static MimeBundle Format(object? value)
    {
        var plain = MimeBundle.Of(MimeBundle.PlainType, PlainTextWriter.Write(value));
        if (value is null)
        {
            return plain;
        }
        if (value is HtmlContent html)
        {
            return plain.WithHtml(html.Html);
        }
        if (NamedFormatters.Find(value.GetType()) is { } formatters)
        {
            return formatters.Format(value, plain);
        }
        return value switch
        {
            Exception => plain.WithHtml($"<pre>{WebUtility.HtmlEncode(plain.PlainText)}</pre>"),
            _ when ValueShape.HasOwnWords(value) => plain,
            IDictionary or IEnumerable => plain.WithHtml(HtmlTable.Write(value)),
            _ when ValueShape.Members(value.GetType()).Count > 0 => plain.WithHtml(HtmlTable.Write(value)),
            _ => plain,
        };
    }

    /// <summary>Formats a value as some mime types only.</summary>
    /// <param name="value">Any value; text is taken to be of the mime type already.</param>
    /// <param name="mimeTypes">The types wanted; none for all. A type that the value has no form in is given its plain text.</param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        var all = Format(value);
        return mimeTypes.Count == 0
            ? all
            : new MimeBundle(mimeTypes.Distinct().ToImmutableDictionary(type => type, type => all.Forms.GetValueOrDefault(type, all.PlainText)));
    }
}
