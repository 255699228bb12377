namespace SingleShot.Figures.Drawing;

/// <summary>A line that tells what the colors of boxes mean, for pictures where words beside the boxes would hide them.</summary>
internal static class BoxLegend
{
    /// <summary>The line as markup; nothing for less than two groups.</summary>
    /// <param name="groups">The boxes' groups, each once, and what they are.</param>
    public static string Of(IEnumerable<(int Group, string Name)> groups)
    {
        var names = groups.Select(one =>
            $"<span style=\"display:inline-block;margin-right:14px\"><span style=\"display:inline-block;width:12px;height:8px;margin-right:5px;border:3px solid {Palette.Box(one.Group)};outline:1px solid\"></span>{Html.Text(one.Name)}</span>").ToList();
        return names.Count < 2 ? "" : $"<div style=\"font:13px/1.7 sans-serif;margin-top:4px\">{string.Concat(names)}</div>";
    }
}
