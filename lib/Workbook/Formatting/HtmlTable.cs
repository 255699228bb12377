using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook.Formatting;

/// <summary>Writes sequences, dictionaries and objects as HTML tables; all text is escaped.</summary>
internal static class HtmlTable
{
    /// <summary>Writes the table of a value.</summary>
    public static string Write(object value) => Append(new StringBuilder(), value, depth: 0).ToString();

    private static StringBuilder Append(StringBuilder html, object? value, int depth) => value switch
    {
        null => Text(html, "<null>"),
        HtmlContent content => html.Append(content.Html),
        Exception e => Text(html, $"{e.GetType().Name}: {e.Message}"),
        _ when ValueShape.HasOwnWords(value) => Text(html, PlainTextWriter.Words(value)),
        _ when NamedFormatters.Find(value.GetType())?.Html(value) is { } own => html.Append(own),
        _ when depth == FormatLimits.Depth => Text(html, TypeName.Of(value.GetType())),
        IDictionary dictionary => Entries(html, dictionary, depth),
        IEnumerable sequence => Items(html, sequence, depth),
        _ => Properties(html, value, depth),
    };

    private static StringBuilder Entries(StringBuilder html, IDictionary dictionary, int depth)
    {
        var (keys, more) = FormatLimits.First(dictionary.Keys);
        html.Append("<table><thead><tr><th>key</th><th>value</th></tr></thead><tbody>");
        foreach (var key in keys)
        {
            Cell(html.Append("<tr>"), key, depth);
            Cell(html, dictionary[key!], depth).Append("</tr>");
        }
        return End(html, more, columns: 2);
    }

    private static StringBuilder Items(StringBuilder html, IEnumerable sequence, int depth)
    {
        var (items, more) = FormatLimits.First(sequence);
        var columns = Columns(items);
        html.Append("<table><thead><tr><th>index</th>");
        foreach (var name in columns ?? ["value"])
        {
            Text(html.Append("<th>"), name).Append("</th>");
        }
        html.Append("</tr></thead><tbody>");
        for (var index = 0; index < items.Count; index++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{index}</td>");
            if (columns is null)
            {
                Cell(html, items[index], depth);
            }
            else
            {
                foreach (var name in columns)
                {
                    var member = ValueShape.Members(items[index]!.GetType()).FirstOrDefault(member => member.Name == name);
                    _ = member is null ? html.Append("<td></td>") : Cell(html, member.Of(items[index]!), depth);
                }
            }
            html.Append("</tr>");
        }
        return End(html, more, columns: 1 + (columns?.Count ?? 1));
    }

    // Items that are objects share one table: a column for each property that any of them has.
    private static List<string>? Columns(IReadOnlyList<object?> items) =>
        items.Count > 0 && items.All(item => item is not null and not IEnumerable and not HtmlContent and not Exception
            && !ValueShape.HasOwnWords(item) && NamedFormatters.Find(item.GetType()) is null && ValueShape.Members(item.GetType()).Count > 0)
            ? [.. items.SelectMany(item => ValueShape.Members(item!.GetType())).Select(member => member.Name).Distinct().Take(FormatLimits.Members)]
            : null;

    private static StringBuilder Properties(StringBuilder html, object value, int depth)
    {
        var members = ValueShape.Members(value.GetType());
        Text(html.Append("<table><thead><tr><th colspan=\"2\">"), TypeName.Of(value.GetType())).Append("</th></tr></thead><tbody>");
        foreach (var member in members.Take(FormatLimits.Members))
        {
            Text(html.Append("<tr><td>"), member.Name).Append("</td>");
            Cell(html, member.Of(value), depth).Append("</tr>");
        }
        return End(html, members.Count > FormatLimits.Members ? "…" : null, columns: 2);
    }

    private static StringBuilder Cell(StringBuilder html, object? value, int depth) =>
        Append(html.Append("<td style=\"text-align:left\">"), value, depth + 1).Append("</td>");

    private static StringBuilder End(StringBuilder html, string? more, int columns)
    {
        if (more is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns}\">{WebUtility.HtmlEncode(more)}</td></tr>");
        }
        return html.Append("</tbody></table>");
    }

    private static StringBuilder Text(StringBuilder html, string text) => html.Append(WebUtility.HtmlEncode(FormatLimits.Cut(text)));
}
