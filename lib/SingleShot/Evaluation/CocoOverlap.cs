using SingleShot.Boxes;
using SingleShot.Data;

namespace SingleShot.Evaluation;

/// <summary>The overlap that COCO matches by (maskApi's bbIou).</summary>
internal static class CocoOverlap
{
    /// <summary>
    /// Intersection over union; for a crowd, over the detection's own area: a detection wholly inside the crowd overlaps it by 1.
    /// </summary>
    public static double Of(BoundingBox detection, GroundTruth truth)
    {
        var width = Math.Min(detection.Right, truth.Box.Right) - Math.Max(detection.Left, truth.Box.Left);
        var height = Math.Min(detection.Bottom, truth.Box.Bottom) - Math.Max(detection.Top, truth.Box.Top);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }
        var intersection = width * height;
        var area = detection.Width * detection.Height;
        return intersection / (truth.Crowd ? area : area + truth.Box.Width * truth.Box.Height - intersection);
    }
}
