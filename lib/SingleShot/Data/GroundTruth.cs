using SingleShot.Boxes;

namespace SingleShot.Data;

/// <summary>An object that somebody marked in an image.</summary>
/// <param name="Box">Where it is, in pixels; never degenerate, never outside the image.</param>
/// <param name="Label">Index of its class in <see cref="DataSet.ClassNames"/>, from 0. The background is not a class.</param>
public sealed record GroundTruth(BoundingBox Box, int Label)
{
    /// <summary>Pascal VOC's mark of an object that is hard to make out: evaluation neither rewards nor punishes finding it.</summary>
    public bool Difficult { get; init; }

    /// <summary>COCO's mark of a region with many objects: training leaves it out, evaluation forgives detections in it.</summary>
    public bool Crowd { get; init; }

    /// <summary>Area in square pixels by which COCO calls an object small, medium or large: that of the outline where there is one.</summary>
    public double Area { get; init; } = Box.Area;
}
