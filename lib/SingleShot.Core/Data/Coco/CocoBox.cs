using SingleShot.Boxes;

namespace SingleShot.Data.Coco;

/// <summary>A box as COCO's files have it: upper left corner and size, in pixels.</summary>
/// <param name="Left">x of the left edge.</param>
/// <param name="Top">y of the upper edge.</param>
/// <param name="Width">Extent in x.</param>
/// <param name="Height">Extent in y.</param>
/// <remarks>
/// The size is kept as it was written: left + width - left is not always width again, and where an overlap meets a threshold exactly,
/// that last bit decides.
/// </remarks>
public readonly record struct CocoBox(double Left, double Top, double Width, double Height)
{
    /// <summary>Width times height.</summary>
    public double Area => Width * Height;

    /// <summary>The box by its corners.</summary>
    public BoundingBox Corners => BoundingBox.FromSize(Left, Top, Width, Height);

    /// <summary>The box of these corners.</summary>
    public static CocoBox From(BoundingBox box) => new(box.Left, box.Top, box.Width, box.Height);

    /// <summary>Intersection over union, to the last bit as pycocotools has it.</summary>
    /// <param name="truth">The box of a ground truth.</param>
    /// <param name="crowd">
    /// Whether that is a crowd: then the intersection is taken over this box's own area, so that a box wholly inside overlaps by 1.
    /// </param>
    /// <returns>0 for boxes apart.</returns>
    public double Overlap(in CocoBox truth, bool crowd)
    {
        var width = Math.Min(Left + Width, truth.Left + truth.Width) - Math.Max(Left, truth.Left);
        var height = Math.Min(Top + Height, truth.Top + truth.Height) - Math.Max(Top, truth.Top);
        if (!(width > 0 && height > 0))
        {
            return 0;
        }
        var intersection = width * height;
        return intersection / (crowd ? Area : Area + truth.Area - intersection);
    }
}
