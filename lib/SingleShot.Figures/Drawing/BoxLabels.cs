using System.Xml.Linq;
using SingleShot.Boxes;

namespace SingleShot.Figures.Drawing;

/// <summary>Text beside boxes, each on a ground of its box's color, never beyond the picture's edge.</summary>
internal static class BoxLabels
{
    private const double Height = 18;
    private const double Padding = 4;

    public static IEnumerable<XElement> Of(IEnumerable<BoxOnImage> boxes, PictureView view)
    {
        var taken = new List<BoundingBox>();
        foreach (var box in boxes)
        {
            if (!string.IsNullOrEmpty(box.Label))
            {
                var text = Shorten(box.Label, view.ShownWidth - 2 * Padding);
                var place = Place(box.Box, (Svg.TextWidth(text) + 2 * Padding) * view.Unit, Height * view.Unit, view.Frame, taken);
                taken.Add(place);
                yield return Draw(text, place, Palette.Box(box.Group), view.Unit);
            }
        }
    }

    /// <summary>Chooses a place for a label at one of the box's corners: the first that covers no other label, else the one that covers the least.</summary>
    /// <remarks>A place above the box's upper edge comes first, then one below that edge, then the same on the right, then the lower edge.</remarks>
    private static BoundingBox Place(BoundingBox box, double width, double height, BoundingBox frame, List<BoundingBox> taken)
    {
        (double X, double Y)[] corners =
        [
            (box.Left, box.Top - height), (box.Left, box.Top), (box.Right - width, box.Top - height), (box.Right - width, box.Top),
            (box.Left, box.Bottom - height), (box.Left, box.Bottom), (box.Right - width, box.Bottom - height), (box.Right - width, box.Bottom),
        ];
        var inside = corners.Where(c => c.Y >= frame.Top && c.Y + height <= frame.Bottom).ToList();
        var places = (inside.Count > 0 ? inside : [.. corners]).Select(c => BoundingBox.FromSize(
            Math.Clamp(c.X, frame.Left, Math.Max(frame.Left, frame.Right - width)),
            Math.Clamp(c.Y, frame.Top, Math.Max(frame.Top, frame.Bottom - height)),
            width,
            height)).ToList();
        return places.MinBy(p => taken.Sum(t => t.Overlap(p))); // the first of the best
    }

    private static XElement Draw(string text, BoundingBox place, string color, double unit) => Svg.Element("g", ("pointer-events", "none")).With(
        Svg.Element("rect", ("x", place.Left), ("y", place.Top), ("width", place.Width), ("height", place.Height), ("fill", color), ("fill-opacity", ".92")),
        // The length is stated, for the font is the browser's choice and the ground must hold it.
        Svg.Element("text", ("x", place.Left + Padding * unit), ("y", place.Bottom - 5 * unit),
            ("textLength", Svg.TextWidth(text) * unit), ("lengthAdjust", "spacingAndGlyphs"),
            ("font-family", "sans-serif"), ("font-size", Html.Number(Svg.FontSize * unit, 4)), ("fill", Palette.Ink(color))).With(text));

    private static string Shorten(string text, double width)
    {
        if (Svg.TextWidth(text) <= width)
        {
            return text;
        }

        var length = text.Length - 1;
        while (length > 1 && (Svg.TextWidth(text[..length] + '…') > width || char.IsHighSurrogate(text[length - 1])))
        {
            length--;
        }

        return text[..length] + '…';
    }
}
