using System.Globalization;
using SingleShot.Detection;
using SingleShot.Images;

namespace SingleShot.Drawing;

/// <summary>Draws detections into the pixels of their picture: a box and a label for each, in the color of its class.</summary>
public static class DrawnDetections
{
    private const int PixelsPerLine = 300; // a line is one pixel wide on a picture of this size, and grows with it

    /// <summary>Draws detections.</summary>
    /// <param name="image">The picture; it stays as it is.</param>
    /// <param name="detections">Boxes in the picture's pixels, drawn so that the first, the best, lies on top.</param>
    /// <returns>A picture of the same size.</returns>
    public static RgbImage On(RgbImage image, IReadOnlyList<DetectedObject> detections)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(detections);
        return RgbImage.Create(image.Width, image.Height, pixels =>
        {
            image.Pixels.CopyTo(pixels);
            var canvas = new Canvas(pixels, image.Width, image.Height);
            var line = Math.Max(1, Math.Max(image.Width, image.Height) / PixelsPerLine);
            foreach (var found in detections.Reverse())
            {
                Draw(canvas, found, line);
            }
        });
    }

    private static void Draw(Canvas canvas, DetectedObject found, int line)
    {
        var color = BoxColors.Of(found.Label);
        var box = found.Box.ClipTo(canvas.Width, canvas.Height);
        var (left, top) = ((int)Math.Floor(box.Left), (int)Math.Floor(box.Top));
        var (right, bottom) = ((int)Math.Ceiling(box.Right), (int)Math.Ceiling(box.Bottom));
        canvas.Fill(left, top, right, top + line, color);
        canvas.Fill(left, bottom - line, right, bottom, color);
        canvas.Fill(left, top, left + line, bottom, color);
        canvas.Fill(right - line, top, right, bottom, color);
        Label(canvas, Glyphs.Drawable(string.Create(CultureInfo.InvariantCulture, $"{found.ClassName} {found.Score:0.00}")), left, top, color, line);
    }

    /// <summary>A label on a ground of its color: above the box where there is room, else inside it, and never beyond the right edge.</summary>
    private static void Label(Canvas canvas, string text, int left, int top, int color, int unit)
    {
        var (width, height) = ((text.Length * Glyphs.Advance + 1) * unit, (Glyphs.Height + 2) * unit);
        left = Math.Max(0, Math.Min(left, canvas.Width - width));
        top = top >= height ? top - height : top;
        canvas.Fill(left, top, left + width, top + height, color);
        var ink = BoxColors.Ink(color);
        for (var i = 0; i < text.Length; i++)
        {
            for (var y = 0; y < Glyphs.Height; y++)
            {
                for (var x = 0; x < Glyphs.Advance; x++)
                {
                    if (Glyphs.HasInk(text[i], x, y))
                    {
                        var (column, row) = (left + (1 + i * Glyphs.Advance + x) * unit, top + (1 + y) * unit);
                        canvas.Fill(column, row, column + unit, row + unit, ink);
                    }
                }
            }
        }
    }

    private readonly ref struct Canvas(Span<byte> pixels, int width, int height)
    {
        private readonly Span<byte> _pixels = pixels;

        public int Width { get; } = width;

        public int Height { get; } = height;

        /// <summary>Fills the part of a rectangle that is inside the picture.</summary>
        public void Fill(int left, int top, int right, int bottom, int color)
        {
            (left, top, right, bottom) = (Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, Width), Math.Min(bottom, Height));
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    var at = (y * Width + x) * 3;
                    (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = ((byte)(color >> 16), (byte)(color >> 8), (byte)color);
                }
            }
        }
    }
}
