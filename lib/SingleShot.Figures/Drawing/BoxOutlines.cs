using System.Text;
using static SingleShot.Figures.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>The outlines of boxes. Widths and dashes are in CSS pixels whatever the picture's size.</summary>
internal static class BoxOutlines
{
    private const string SameWidth = "vector-effect=\"non-scaling-stroke\"";

    /// <summary>One element a box, with hover text; the smallest last, so that the mouse finds it inside larger ones.</summary>
    public static void AppendEach(StringBuilder svg, IReadOnlyList<BoxOnImage> boxes, double unit)
    {
        var sorted = boxes.OrderByDescending(b => b.Box.Width * b.Box.Height).ToList();
        AppendShade(svg, sorted.Where(b => b.Style != BoxStyle.Thin));
        foreach (var box in sorted)
        {
            var color = Palette.Box(box.Group);
            svg.Add($"<rect class=\"singleshot-box\" x=\"{Number(box.Box.Left)}\" y=\"{Number(box.Box.Top)}\" ");
            svg.Add($"width=\"{Number(Math.Max(0, box.Box.Width))}\" height=\"{Number(Math.Max(0, box.Box.Height))}\" ");
            svg.Add($"fill=\"{color}\" fill-opacity=\"0\" pointer-events=\"all\" stroke=\"{color}\" {Pen(box.Style)} {SameWidth}>");
            svg.Append(box.Hover.Length > 0 ? $"<title>{Text(box.Hover)}</title></rect>" : "</rect>");
        }

        foreach (var box in sorted)
        {
            AppendMark(svg, box, unit);
        }
    }

    /// <summary>One element for all boxes of a group and style: some 25 bytes a box.</summary>
    public static void AppendPaths(StringBuilder svg, IReadOnlyList<BoxOnImage> boxes)
    {
        foreach (var group in boxes.GroupBy(b => (b.Group, b.Style)))
        {
            var opacity = group.Key.Style == BoxStyle.Thin ? 0.4 : 0.8;
            svg.Add($"<path fill=\"none\" stroke=\"{Palette.Box(group.Key.Group)}\" stroke-opacity=\"{Number(opacity)}\" {Pen(group.Key.Style)} {SameWidth} d=\"");
            AppendOutlines(svg, group);
            svg.Add($"\"><title>{group.Count()} boxes of group {group.Key.Group}</title></path>");
        }
    }

    /// <summary>A dark ground under lines, without which light ones drown in a light picture.</summary>
    private static void AppendShade(StringBuilder svg, IEnumerable<BoxOnImage> boxes)
    {
        foreach (var group in boxes.GroupBy(b => b.Style switch
        {
            BoxStyle.Thick => "stroke-opacity=\".5\" stroke-width=\"6\"",
            BoxStyle.Solid => "stroke-opacity=\".5\" stroke-width=\"4\"",
            _ => "stroke-opacity=\".3\" stroke-width=\"3\"", // it fills the gaps of dashes, and must not drown their colour
        }))
        {
            svg.Add($"<path fill=\"none\" stroke=\"#000\" {group.Key} {SameWidth} d=\"");
            AppendOutlines(svg, group);
            svg.Append("\"/>");
        }
    }

    private static void AppendOutlines(StringBuilder svg, IEnumerable<BoxOnImage> boxes)
    {
        foreach (var b in boxes.Select(b => b.Box))
        {
            svg.Add($"M{Number(b.Left, 1)} {Number(b.Top, 1)}h{Number(b.Width, 1)}v{Number(b.Height, 1)}h{Number(-b.Width, 1)}z");
        }
    }

    private static void AppendMark(StringBuilder svg, BoxOnImage box, double unit)
    {
        var (x, y) = (Number((box.Box.Left + box.Box.Right) / 2), Number((box.Box.Top + box.Box.Bottom) / 2));
        var paint = $"fill=\"{Palette.Box(box.Group)}\" stroke=\"#000\" stroke-opacity=\".6\" {SameWidth} pointer-events=\"none\"/>";
        var (dot, half, side) = (Number(3 * unit, 4), Number(6 * unit, 4), Number(-6 * unit, 4));
        svg.Append(box.Mark switch
        {
            CenterMark.Dot => $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{dot}\" {paint}",
            CenterMark.Diamond => $"<path d=\"M{x} {y}m0 {side}l{half} {half}l{side} {half}l{side} {side}z\" {paint}",
            _ => "",
        });
    }

    private static string Pen(BoxStyle style) => style switch
    {
        BoxStyle.Thin => "stroke-width=\"1\"",
        BoxStyle.Thick => "stroke-width=\"4\"",
        BoxStyle.Dashed => "stroke-width=\"2.5\" stroke-dasharray=\"8 4\"",
        BoxStyle.Dotted => "stroke-width=\"3\" stroke-dasharray=\"3 4\"",
        _ => "stroke-width=\"2\"",
    };
}
