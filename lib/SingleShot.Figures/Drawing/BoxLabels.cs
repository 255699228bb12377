using System.Text;
using SingleShot.Boxes;
using static SingleShot.Figures.Html;

namespace SingleShot.Figures.Drawing;

/// <summary>Text beside boxes, each on a ground of its box's colour, never beyond the picture's edge.</summary>
internal static class BoxLabels
{
    private const double FontSize = 13;
    private const double Height = 18;
    private const double Padding = 4;

    public static void Append(StringBuilder svg, IEnumerable<BoxOnImage> boxes, PictureView view)
    {
        var taken = new List<BoundingBox>();
        foreach (var box in boxes)
        {
            if (!string.IsNullOrEmpty(box.Label))
            {
                var text = Shorten(box.Label, view.ShownWidth - 2 * Padding);
                var place = Place(box.Box, (TextWidth(text) + 2 * Padding) * view.Unit, Height * view.Unit, view.Frame, taken);
                taken.Add(place);
                Append(svg, box, text, place, view.Unit);
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

    private static void Append(StringBuilder svg, BoxOnImage box, string text, BoundingBox place, double unit)
    {
        var color = Palette.Box(box.Group);
        svg.Add($"<g pointer-events=\"none\"><rect x=\"{Number(place.Left)}\" y=\"{Number(place.Top)}\" width=\"{Number(place.Width)}\" height=\"{Number(place.Height)}\" ");
        svg.Add($"fill=\"{color}\" fill-opacity=\".92\"/>");
        // The length is stated, for the font is the browser's choice and the ground must hold it.
        svg.Add($"<text x=\"{Number(place.Left + Padding * unit)}\" y=\"{Number(place.Bottom - 5 * unit)}\" textLength=\"{Number(TextWidth(text) * unit)}\" ");
        svg.Add($"lengthAdjust=\"spacingAndGlyphs\" font-family=\"sans-serif\" font-size=\"{Number(FontSize * unit, 4)}\" fill=\"{Palette.Ink(color)}\">");
        svg.Add($"{Text(text)}</text></g>");
    }

    /// <summary>About the width of a text in CSS pixels, in any sans serif font.</summary>
    internal static double TextWidth(string text) => text.Sum(c => FontSize * c switch
    {
        >= '\u1100' => 1.0, // East Asian
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '.' or ',' or '\'' or ' ' or '(' or ')' => 0.36,
        'm' or 'w' or 'M' or 'W' or '%' => 0.88,
        (>= 'A' and <= 'Z') or (>= '0' and <= '9') => 0.62,
        _ => 0.57,
    });

    private static string Shorten(string text, double width)
    {
        if (TextWidth(text) <= width)
        {
            return text;
        }

        var length = text.Length - 1;
        while (length > 1 && TextWidth(text[..length] + '.') > width)
        {
            length--;
        }

        return text[..length] + '…';
    }
}
