using System.Collections.Immutable;
using System.Net;
using Workbook.Outputs;

namespace Workbook.Formatting;

/// <summary>Turns any value into the forms in which a notebook shows it.</summary>
public static class ValueFormatter
{
    /// <summary>
    /// Formats a value: by the formatters that its type names, else as the value's own words, a table of its items or a tree of
    /// its properties. There is always plain text.
    /// </summary>
    /// <param name="value">Any value; null shows as <c>&lt;null&gt;</c>.</param>
    public static MimeBundle Format(object? value)
    {
        if (value is null or string or HtmlContent or Exception)
        {
            var words = MimeBundle.Of(MimeBundle.PlainType, PlainTextWriter.Write(value));
            return value is HtmlContent html ? words.WithHtml(html.Html)
                : value is Exception ? words.WithHtml($"<pre>{WebUtility.HtmlEncode(words.PlainText)}</pre>")
                : words;
        }
        // Once for all forms: to take a query apart is to run it.
        var parts = ValueReader.Read(value);
        var plain = MimeBundle.Of(MimeBundle.PlainType, PlainTextWriter.Write(value, parts));
        return NamedFormatters.Find(value.GetType()) is { } formatters ? formatters.Format(value, plain)
            : HtmlWriter.Write(value, parts) is { } tree ? plain.WithHtml(tree)
            : plain;
    }

    /// <summary>Formats a value as some mime types only.</summary>
    /// <param name="value">Any value; text is taken to be of the mime type already.</param>
    /// <param name="mimeTypes">The types wanted; none for all. A type that the value has no form in is given its plain text.</param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        if (value is string text && mimeTypes.Count > 0)
        {
            return new MimeBundle(mimeTypes.Distinct().ToImmutableDictionary(type => type, _ => text));
        }
        var all = Format(value);
        return mimeTypes.Count == 0
            ? all
            : new MimeBundle(mimeTypes.Distinct().ToImmutableDictionary(type => type, type => all.Forms.GetValueOrDefault(type, all.PlainText)));
    }
}
