using SingleShot.Images;

namespace SingleShot.Data;

/// <summary>An image on disk and what is known to be in it.</summary>
/// <param name="Id">The image's id in its data set: COCO's number, or the file name without extension in Pascal VOC.</param>
/// <param name="ImagePath">Path of the JPEG or PNG file.</param>
/// <param name="Width">Columns, as the annotations say.</param>
/// <param name="Height">Rows, as the annotations say.</param>
/// <param name="Truths">The objects in it; empty for an image without any.</param>
public sealed record Sample(string Id, string ImagePath, int Width, int Height, IReadOnlyList<GroundTruth> Truths)
{
    /// <summary>
    /// Which way up the boxes are drawn on a picture that its camera says to turn, where <see cref="Width"/> and <see cref="Height"/> do
    /// not tell: on a square one, and where the turn is half of one or a mirror's.
    /// </summary>
    public Orientation Orientation { get; init; }

    /// <summary>Reads the picture the way up that its boxes are for.</summary>
    /// <returns>
    /// The picture; of the sample's size, unless the annotations are for a picture of another size than the file's.
    /// </returns>
    /// <exception cref="ImageFileException">The file is missing, cannot be opened, is not a picture, or is cut off or damaged.</exception>
    public RgbImage ReadImage() => ImageFile.Read(ImagePath, header => header.Fitting(Width, Height, Orientation));
}

/// <summary>A picture in memory with its ground truth: what augmentation works on, and what batches are made of.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Truths">The objects in it, boxes in its pixels; may be empty.</param>
public sealed record Example(RgbImage Image, IReadOnlyList<GroundTruth> Truths);
