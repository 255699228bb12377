namespace SingleShot.Boxes;

/// <summary>One default box: where it comes from, and where it is. Lengths are fractions of the input's side.</summary>
/// <param name="Index">Its place in the order of the network's outputs.</param>
/// <param name="Map">Number of its feature map, from 0, the finest.</param>
/// <param name="Row">Row of its cell.</param>
/// <param name="Column">Column of its cell.</param>
/// <param name="Scale">Side of the square with its area.</param>
/// <param name="AspectRatio">Width over height.</param>
/// <param name="CenterX">x of its centre.</param>
/// <param name="CenterY">y of its centre.</param>
/// <param name="Width">Its width, at most 1.</param>
/// <param name="Height">Its height, at most 1.</param>
public readonly record struct DefaultBox(
    int Index, int Map, int Row, int Column, double Scale, double AspectRatio,
    double CenterX, double CenterY, double Width, double Height)
{
    /// <summary>The box on a picture of this size, in its pixels; it may reach over the picture's edge.</summary>
    public BoundingBox On(double width, double height) => new(
        (CenterX - Width / 2) * width, (CenterY - Height / 2) * height,
        (CenterX + Width / 2) * width, (CenterY + Height / 2) * height);
}
