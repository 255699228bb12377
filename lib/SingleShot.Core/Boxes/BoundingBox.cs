namespace SingleShot.Boxes;

/// <summary>A box by its corners, in pixels of the image it is on unless said otherwise: x to the right, y down.</summary>
/// <param name="Left">x of the left edge.</param>
/// <param name="Top">y of the upper edge.</param>
/// <param name="Right">x of the right edge; pixel columns run from <paramref name="Left"/> up to, not including, this.</param>
/// <param name="Bottom">y of the lower edge.</param>
public readonly record struct BoundingBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>A box by its upper left corner and its size, as COCO writes it.</summary>
    public static BoundingBox FromSize(double left, double top, double width, double height) => new(left, top, left + width, top + height);

    /// <summary>Right less left; negative or zero for a degenerate box.</summary>
    public double Width => Right - Left;

    /// <summary>Bottom less top; negative or zero for a degenerate box.</summary>
    public double Height => Bottom - Top;

    /// <summary>Width times height; zero for a degenerate box.</summary>
    public double Area => IsDegenerate ? 0 : Width * Height;

    /// <summary>True where the box has no extent in one direction, or a coordinate that is not a finite number.</summary>
    public bool IsDegenerate => !(Width > 0 && Height > 0 && double.IsFinite(Width) && double.IsFinite(Height));

    /// <summary>True where each corner is a finite number.</summary>
    public bool IsFinite => double.IsFinite(Left) && double.IsFinite(Top) && double.IsFinite(Right) && double.IsFinite(Bottom);

    /// <summary>The part of the box inside an image of this size; degenerate where there is none.</summary>
    public BoundingBox ClipTo(double width, double height) =>
        new(Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>The box moved by (<paramref name="x"/>, <paramref name="y"/>).</summary>
    public BoundingBox Shift(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

    /// <summary>The box in an image stretched by these factors.</summary>
    public BoundingBox Scale(double x, double y) => new(Left * x, Top * y, Right * x, Bottom * y);

    /// <summary>Jaccard overlap, intersection over union: 0 for boxes apart or degenerate, 1 for equal ones.</summary>
    public double Overlap(BoundingBox other)
    {
        var intersection = new BoundingBox(
            Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom)).Area;
        return intersection > 0 ? intersection / (Area + other.Area - intersection) : 0;
    }
}
