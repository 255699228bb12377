using System.Xml.Linq;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>The outlines of boxes. Widths and dashes are in CSS pixels whatever the picture's size.</summary>
internal static class BoxOutlines
{
    private static readonly (string, object?) SameWidth = ("vector-effect", "non-scaling-stroke");

    /// <summary>One element for each box, with hover text; the smallest last, so that the mouse finds it inside larger ones.</summary>
    public static IEnumerable<XElement> Each(IReadOnlyList<BoxOnImage> boxes, double unit)
    {
        var sorted = boxes.OrderByDescending(b => b.Box.Width * b.Box.Height).ToList();
        return
        [
            .. Shades(sorted.Where(b => b.Style != BoxStyle.Thin)),
            .. sorted.Select(Outline),
            .. sorted.Where(b => b.Mark != CenterMark.None).Select(b => Mark(b, unit)),
        ];
    }

    /// <summary>One element for all boxes of a group and style: some 25 bytes a box.</summary>
    public static IEnumerable<XElement> Paths(IReadOnlyList<BoxOnImage> boxes) => boxes.GroupBy(b => (b.Group, b.Style)).Select(group =>
    {
        var (number, style) = group.Key;
        return Svg.Element("path", [
            ("fill", "none"), ("stroke", Palette.Box(number)), ("stroke-opacity", style == BoxStyle.Thin ? 0.4 : 0.8), .. Pen(style), SameWidth, ("d", Path(group))])
            .With(Svg.Title($"{group.Count()} boxes of group {number}"));
    });

    private static XElement Outline(BoxOnImage box)
    {
        var color = Palette.Box(box.Group);
        return Svg.Element("rect", [
            ("class", "singleshot-box"), ("x", box.Box.Left), ("y", box.Box.Top), ("width", Math.Max(0, box.Box.Width)), ("height", Math.Max(0, box.Box.Height)),
            ("fill", color), ("fill-opacity", 0), ("pointer-events", "all"), ("stroke", color), .. Pen(box.Style), SameWidth])
            .With(box.Hover.Length > 0 ? Svg.Title(box.Hover) : null);
    }

    /// <summary>A dark ground under lines, without which light ones drown in a light picture.</summary>
    private static IEnumerable<XElement> Shades(IEnumerable<BoxOnImage> boxes) => boxes
        .GroupBy(b => b.Style switch
        {
            BoxStyle.Thick => (Opacity: ".5", Width: 6),
            BoxStyle.Solid => (Opacity: ".5", Width: 4),
            _ => (Opacity: ".3", Width: 3), // it fills the gaps of dashes, and must not drown their color
        })
        .Select(group => Svg.Element("path",
            ("fill", "none"), ("stroke", "#000"), ("stroke-opacity", group.Key.Opacity), ("stroke-width", group.Key.Width), SameWidth, ("d", Path(group))));

    private static string Path(IEnumerable<BoxOnImage> boxes) => string.Concat(boxes.Select(b => b.Box).Select(b =>
        $"M{Number(b.Left, 1)} {Number(b.Top, 1)}h{Number(b.Width, 1)}v{Number(b.Height, 1)}h{Number(-b.Width, 1)}z"));

    private static XElement Mark(BoxOnImage box, double unit)
    {
        var (x, y) = (Number((box.Box.Left + box.Box.Right) / 2), Number((box.Box.Top + box.Box.Bottom) / 2));
        var (dot, half, side) = (Number(3 * unit, 4), Number(6 * unit, 4), Number(-6 * unit, 4));
        (string, object?)[] paint = [("fill", Palette.Box(box.Group)), ("stroke", "#000"), ("stroke-opacity", ".6"), SameWidth, ("pointer-events", "none")];
        return box.Mark == CenterMark.Dot
            ? Svg.Element("circle", [("cx", x), ("cy", y), ("r", dot), .. paint])
            : Svg.Element("path", [("d", $"M{x} {y}m0 {side}l{half} {half}l{side} {half}l{side} {side}z"), .. paint]);
    }

    private static (string, object?)[] Pen(BoxStyle style) => style switch
    {
        BoxStyle.Thin => [("stroke-width", 1)],
        BoxStyle.Thick => [("stroke-width", 4)],
        BoxStyle.Dashed => [("stroke-width", 2.5), ("stroke-dasharray", "8 4")],
        BoxStyle.Dotted => [("stroke-width", 3), ("stroke-dasharray", "3 4")],
        _ => [("stroke-width", 2)],
    };
}
