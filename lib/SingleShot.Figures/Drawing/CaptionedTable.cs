namespace SingleShot.Figures.Drawing;

/// <summary>A table with a line above it that says what it is of; a long one scrolls.</summary>
internal static class CaptionedTable
{
    public static string Of(string caption, double width, IEnumerable<string> heads, IEnumerable<TableRow> rows) =>
        $"<figure style=\"margin:8px 0\">{Html.Caption(caption, width)}"
        + $"<div style=\"font:13px/1.45 sans-serif;max-height:420px;overflow:auto\">{Table.Of(heads, rows)}</div></figure>";
}
