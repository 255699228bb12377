using SingleShot.Boxes;
using SingleShot.Images;

namespace SingleShot.Figures.Drawing;

/// <summary>The part of the plane that a picture shows, in pixels of the image, and the size at which it shows it.</summary>
internal sealed record PictureView(BoundingBox Frame, double ShownWidth, bool Enlarged)
{
    /// <summary>The largest height at which a picture is shown, in CSS pixels, so that an upright one fits a screen.</summary>
    private const double MaxShownHeight = 720;

    /// <summary>Pixels of the image in one CSS pixel: what is drawn at a size for the eye is multiplied by it.</summary>
    public double Unit => Frame.Width / ShownWidth;

    public double ShownHeight => Frame.Height / Unit;

    public static PictureView Of(RgbImage image, IReadOnlyList<BoxOnImage> boxes, double maxWidth)
    {
        var frame = Around(image, boxes);
        var wanted = image.Width switch
        {
            <= 180 => image.Width * Math.Ceiling(360d / image.Width), // a whole factor keeps pixels square
            < 480 => 480,
            _ => image.Width,
        };
        var width = Math.Min(Math.Min(wanted * frame.Width / image.Width, maxWidth), MaxShownHeight * frame.Width / frame.Height);
        return new PictureView(frame, width, width * image.Width / frame.Width >= 2 * image.Width);
    }

    /// <summary>The image, with a margin on each side where boxes reach beyond it.</summary>
    private static BoundingBox Around(RgbImage image, IReadOnlyList<BoxOnImage> boxes)
    {
        var finite = boxes.Where(b => b.Box.IsFinite).Select(b => b.Box).DefaultIfEmpty().ToList();
        var side = Math.Min(image.Width, image.Height);
        double Margin(Func<BoundingBox, double> beyond)
        {
            var furthest = finite.Max(beyond);
            return furthest < 0.01 * side ? 0 : Math.Min(furthest + 0.02 * side, 0.4 * side); // the least is a rounding, not a margin
        }

        return new BoundingBox(
            -Margin(b => -b.Left), -Margin(b => -b.Top),
            image.Width + Margin(b => b.Right - image.Width), image.Height + Margin(b => b.Bottom - image.Height));
    }
}
