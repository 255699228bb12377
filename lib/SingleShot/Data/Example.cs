using SingleShot.Images;

namespace SingleShot.Data;

/// <summary>A picture in memory with its ground truth: what augmentation works on, and what batches are made of.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Truths">The objects in it, boxes in its pixels; may be empty.</param>
public sealed record Example(RgbImage Image, IReadOnlyList<GroundTruth> Truths);
