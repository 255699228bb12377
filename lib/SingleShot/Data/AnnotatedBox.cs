using System.Globalization;
using SingleShot.Boxes;

namespace SingleShot.Data;

/// <summary>What becomes of a box as somebody wrote it: kept, clipped to the image, or left out, and why.</summary>
/// <param name="Box">The box within the image; null where it is left out.</param>
/// <param name="Problem">What was wrong with it, in a few words; null where nothing was.</param>
/// <param name="Kind">What kind of mistake that is, where there is one.</param>
internal readonly record struct AnnotatedBox(BoundingBox? Box, string? Problem, FindingKind Kind)
{
    // COCO writes hundredths of a pixel, so that left and width may add up to a hundredth too much: no mistake that anybody made.
    private const double Rounding = 0.0101;

    // A box by its outermost pixels, counted from the wrong number, is a pixel too far on one side.
    private const double OnePixel = 1 + Rounding;

    /// <summary>Compares a box with the image that it is on.</summary>
    public static AnnotatedBox Check(BoundingBox box, int width, int height)
    {
        if (box.IsDegenerate)
        {
            return new(null, $"{Written(box)} has no width or no height; skipped", FindingKind.Degenerate);
        }
        var clipped = box.ClipTo(width, height);
        if (clipped.IsDegenerate)
        {
            return new(null, $"{Written(box)} is outside the image of {width} x {height}; skipped", FindingKind.Outside);
        }
        var beyond = Math.Max(
            Math.Max(clipped.Left - box.Left, clipped.Top - box.Top), Math.Max(box.Right - clipped.Right, box.Bottom - clipped.Bottom));
        return beyond <= Rounding
            ? new(clipped, null, default)
            : new(clipped, $"{Written(box)} reaches out of the image of {width} x {height}; clipped", beyond <= OnePixel ? FindingKind.OffByOne : FindingKind.BeyondEdge);
    }

    private static string Written(BoundingBox box) =>
        string.Create(CultureInfo.InvariantCulture, $"box ({box.Left}, {box.Top}, {box.Right}, {box.Bottom})");
}
