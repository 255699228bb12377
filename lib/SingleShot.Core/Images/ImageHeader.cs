namespace SingleShot.Images;

/// <summary>What a picture file says of itself before its pixels.</summary>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Turn">The camera's note.</param>
/// <param name="Frames">How many pictures it holds, as an animation does; the first is the one that is read.</param>
public readonly record struct ImageHeader(int Width, int Height, CameraTurn Turn, int Frames)
{
    /// <summary>Columns and rows of the picture taken that way up.</summary>
    public (int Width, int Height) Size(Orientation orientation) =>
        orientation == Orientation.Shown && Turn >= CameraTurn.Transpose ? (Height, Width) : (Width, Height);

    /// <summary>Which way up the picture has a size that somebody wrote beside it.</summary>
    /// <param name="width">Columns, as written.</param>
    /// <param name="height">Rows, as written.</param>
    /// <param name="otherwise">The answer where the size does not tell: both ways have it, or neither.</param>
    public Orientation Fitting(int width, int height, Orientation otherwise)
    {
        var (shown, stored) = (Size(Orientation.Shown) == (width, height), Size(Orientation.Stored) == (width, height));
        return shown == stored ? otherwise : shown ? Orientation.Shown : Orientation.Stored;
    }
}
