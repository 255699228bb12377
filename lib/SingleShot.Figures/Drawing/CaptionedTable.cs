namespace SingleShot.Figures.Drawing;

/// <summary>A table with a line above it that says what it is of; a long one scrolls.</summary>
internal static class CaptionedTable
{
    // Notebook pages center heads and put cells to the right, each in its own way, JupyterLab with a selector that outdoes this one. A sentence,
    // which stands last, may take several lines, but not one for each word.
    private const string Style =
        "<style>.singleshot-table th,.singleshot-table td{text-align:left!important;padding:1px 14px 1px 0;font-size:13px;white-space:nowrap}.singleshot-table td:last-child{white-space:normal;min-width:8em}</style>";

    public static string Of(string caption, double width, IEnumerable<string> heads, IEnumerable<TableRow> rows) =>
        $"<figure style=\"margin:8px 0\">{Html.Caption(caption, width)}"
        + $"{Style}<div class=\"singleshot-table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\" style=\"font:13px/1.45 sans-serif;max-height:420px;overflow:auto\">{Table.Of(heads, rows)}</div></figure>";
}
