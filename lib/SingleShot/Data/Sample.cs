using SingleShot.Images;

namespace SingleShot.Data;

/// <summary>An image on disk and what is known to be in it.</summary>
/// <param name="Id">The image's id in its data set: COCO's number, or the file name without extension in Pascal VOC.</param>
/// <param name="ImagePath">Path of the JPEG or PNG file.</param>
/// <param name="Width">Columns, as the annotations say.</param>
/// <param name="Height">Rows, as the annotations say.</param>
/// <param name="Truths">The objects in it; empty for an image without any.</param>
public sealed record Sample(string Id, string ImagePath, int Width, int Height, IReadOnlyList<GroundTruth> Truths);

/// <summary>A picture in memory with its ground truth: what augmentation works on, and what batches are made of.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Truths">The objects in it, boxes in its pixels; may be empty.</param>
public sealed record Example(RgbImage Image, IReadOnlyList<GroundTruth> Truths);
