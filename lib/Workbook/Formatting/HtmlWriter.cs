using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook.Formatting;

/// <summary>Writes sequences and dictionaries as HTML tables and objects as trees that fold; all text is escaped.</summary>
internal sealed class HtmlWriter
{
    // Notebook pages align to the right what does not say otherwise, and pages of the book to the left.
    private const string Left = "style=\"text-align:left\"";
    private const string Right = "style=\"text-align:right\"";

    // A range of numbers or a number with its unit would otherwise break into two lines.
    private const string LeftOnOneLine = "style=\"text-align:left;white-space:nowrap\"";
    private const string RightOnOneLine = "style=\"text-align:right;white-space:nowrap\"";
    private const int MaxOnOneLine = 16;
    private const int MaxSummary = 80;

    private readonly StringBuilder _html = new();
    private readonly FormatWalk _walk = new();

    /// <summary>Writes a value that has been taken apart; null where words say it as well.</summary>
    public static string? Write(object value, ValueParts parts)
    {
        if (parts is ValueParts.Words or ValueParts.Members { Named.Count: 0 })
        {
            return null;
        }
        var writer = new HtmlWriter();
        writer.Append(value, parts);
        return InItsOwnBox(writer._html.ToString());
    }

    /// <summary>A wide table scrolls in a box of its own, which the keyboard reaches, and does not widen the page.</summary>
    public static string InItsOwnBox(string table) => $"<div style=\"overflow-x:auto\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">{table}</div>";

    private void Append(object? value)
    {
        if (value is null)
        {
            Text("<null>");
        }
        else if (value is HtmlContent content)
        {
            _html.Append(content.Html);
        }
        else if (NamedFormatters.Find(value.GetType())?.Html(value) is { } own)
        {
            _html.Append(own);
        }
        else if (ValueReader.IsWords(value))
        {
            Text(ValueWords.Of(value));
        }
        else if (_walk.Placeholder(value) is { } words)
        {
            Text(words);
        }
        else
        {
            Append(value, ValueReader.ReadInner(value));
        }
    }

    private void Append(object value, ValueParts parts)
    {
        if (parts is ValueParts.Words words)
        {
            Text(words.Text);
            return;
        }
        var isInner = _walk.Depth > 0;
        var summary = isInner ? PlainTextWriter.Summary(value, parts) : TypeName.Of(value.GetType());
        if (isInner && summary.Length <= MaxSummary && parts is ValueParts.Items { Values: var items } && items.All(IsWords))
        {
            Text(summary);
        }
        else if (isInner || parts is ValueParts.Members)
        {
            // What lies within another value is folded up, and says in a line what it is.
            _html.Append(isInner ? "<details><summary>" : "<details open><summary>");
            Text(summary.Length <= MaxSummary ? summary : summary[..MaxSummary] + "…");
            _html.Append("</summary>");
            _walk.Inside(value, () => Table(parts));
            _html.Append("</details>");
        }
        else
        {
            _walk.Inside(value, () => Table(parts));
        }
    }

    private static bool IsWords(object? value) => value is null || ValueReader.IsWords(value);

    private void Table(ValueParts parts)
    {
        switch (parts)
        {
            case ValueParts.Items items:
                Items(items);
                break;
            case ValueParts.Entries entries:
                Begin(["key", "value"], numbers: []);
                foreach (var (key, value) in entries.Pairs)
                {
                    _html.Append("<tr>");
                    Cell(key);
                    Cell(value);
                    _html.Append("</tr>");
                }
                End(entries.More, columns: 2);
                break;
            case ValueParts.Members members:
                _html.Append("<table><tbody>");
                foreach (var (name, value) in members.Named)
                {
                    _html.Append($"<tr><td {Left}>");
                    Text(name);
                    _html.Append("</td>");
                    Cell(value);
                    _html.Append("</tr>");
                }
                End(members.More, columns: 2);
                break;
        }
    }

    private void Items(ValueParts.Items items)
    {
        var rows = Rows(items.Values);
        var columns = rows is null
            ? (items.Values.Count > 0 && items.Values.All(item => item is ArrayRow) ? Indices((ArrayRow)items.Values[0]!) : ["value"])
            : [.. rows.SelectMany(row => row.Select(member => member.Name)).Distinct().Take(FormatLimits.MaxMembers)];
        object? At(int row, int column) => rows is not null ? rows[row].FirstOrDefault(member => member.Name == columns[column]).Value
            : items.Values[row] is ArrayRow cells ? cells.ElementAtOrDefault(column) : items.Values[row];
        var numbers = Enumerable.Range(0, columns.Count).Select(column => NumberColumn.Are(Enumerable.Range(0, items.Values.Count).Select(row => At(row, column)))).ToList();
        Begin(["index", .. columns], [false, .. numbers]);
        for (var index = 0; index < items.Values.Count; index++)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td {Left}>{index}</td>");
            if (rows is not null)
            {
                foreach (var (column, name) in columns.Index())
                {
                    var member = rows[index].FirstOrDefault(member => member.Name == name);
                    if (member.Name is null)
                    {
                        _html.Append("<td></td>");
                    }
                    else
                    {
                        Cell(member.Value, numbers[column]);
                    }
                }
            }
            else if (items.Values[index] is ArrayRow row)
            {
                foreach (var (column, value) in row.Take(FormatLimits.MaxItems).Index())
                {
                    Cell(value, numbers[column]);
                }
                _html.Append(row.Count > FormatLimits.MaxItems ? "<td>…</td>" : "");
            }
            else
            {
                Cell(items.Values[index], numbers[0]);
            }
            _html.Append("</tr>");
        }
        End(items.More, columns: 1 + columns.Count);
    }

    // Items that are objects share one table: a column for each property that any of them has.
    private static List<IReadOnlyList<(string Name, object? Value)>>? Rows(IReadOnlyList<object?> items)
    {
        var rows = new List<IReadOnlyList<(string, object?)>>();
        foreach (var item in items)
        {
            if (item is null or HtmlContent || ValueReader.IsWords(item) || NamedFormatters.Find(item.GetType()) is not null
                || ValueReader.ReadInner(item) is not ValueParts.Members { Named: { Count: > 0 } members })
            {
                return null;
            }
            rows.Add(members);
        }
        return rows.Count == 0 ? null : rows;
    }

    private static List<string> Indices(ArrayRow row) =>
    [
        .. Enumerable.Range(0, Math.Min(row.Count, FormatLimits.MaxItems)).Select(index => index.ToString(CultureInfo.InvariantCulture)),
        .. row.Count > FormatLimits.MaxItems ? ["…"] : Array.Empty<string>(),
    ];

    /// <param name="columns">Their heads.</param>
    /// <param name="numbers">Whether each holds numbers; those left out do not.</param>
    private void Begin(IEnumerable<string> columns, IReadOnlyList<bool> numbers)
    {
        _html.Append("<table><thead><tr>");
        foreach (var (column, name) in columns.Index())
        {
            _html.Append("<th ").Append(numbers.ElementAtOrDefault(column) ? Right : Left).Append('>');
            Text(name);
            _html.Append("</th>");
        }
        _html.Append("</tr></thead><tbody>");
    }

    private void Cell(object? value, bool isNumber = false)
    {
        var start = _html.Length;
        Append(value);
        var isShort = _html.Length - start <= MaxOnOneLine && !_html.ToString(start, _html.Length - start).Contains('<', StringComparison.Ordinal);
        _html.Insert(start, $"<td {(isNumber ? RightOnOneLine : isShort ? LeftOnOneLine : Left)}>").Append("</td>");
    }

    private void End(string? more, int columns)
    {
        if (more is not null)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<tr><td {Left} colspan=\"{columns}\">{WebUtility.HtmlEncode(more)}</td></tr>");
        }
        _html.Append("</tbody></table>");
    }

    private void Text(string text) => _html.Append(WebUtility.HtmlEncode(FormatLimits.CutInner(text)));
}

/// <summary>Text that is HTML already and is shown as such: what a cell's <c>HTML(text)</c> returns.</summary>
/// <param name="Html">The HTML, shown unescaped.</param>
public sealed record HtmlContent(string Html)
{
    /// <summary>The HTML itself.</summary>
    public override string ToString() => Html;
}
