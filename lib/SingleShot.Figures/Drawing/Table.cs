using System.Globalization;

namespace SingleShot.Figures.Drawing;

/// <summary>A table, with no more markup than it needs; the script of an explorer finds rows and cells by their places.</summary>
internal static class Table
{
    /// <summary>The markup of a table.</summary>
    /// <param name="heads">A text over each column.</param>
    /// <param name="rows">As many cells each as there are heads.</param>
    public static string Of(IEnumerable<string> heads, IEnumerable<TableRow> rows) =>
        $"<table><thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{Html.Text(head)}</th>"))}</tr></thead>"
        + $"<tbody>{string.Concat(rows.Select(Row))}</tbody></table>";

    private static string Row(TableRow row)
    {
        var cells = row.Cells.Select(cell => $"<td>{Html.Text(Convert.ToString(cell, CultureInfo.InvariantCulture)!)}</td>");
        return $"<tr{(row.Class is null ? "" : $" class=\"{row.Class}\"")}>{string.Concat(cells)}</tr>";
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Cells">Numbers and texts.</param>
/// <param name="Class">What the style sheet calls such a row; null for an ordinary one.</param>
internal sealed record TableRow(IReadOnlyList<object> Cells, string? Class = null);
