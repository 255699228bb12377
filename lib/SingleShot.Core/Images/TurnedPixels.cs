namespace SingleShot.Images;

/// <summary>Copies decoded pixels to where a camera's note has them.</summary>
internal static class TurnedPixels
{
    private const int From = 4; // bytes of a pixel: red, green, blue, alpha
    private const int To = 3;

    /// <summary>Drops alpha, and turns.</summary>
    /// <param name="rgba">The stored pixels, row by row.</param>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="turn">The camera's note.</param>
    /// <param name="rgb">Gets the pixels as shown: height x width where the note exchanges columns and rows.</param>
    public static void Copy(ReadOnlySpan<byte> rgba, int width, int height, CameraTurn turn, Span<byte> rgb)
    {
        // Where the first pixel goes, and how far the next column's and the next row's are from there.
        var (origin, column, row) = turn switch
        {
            CameraTurn.Mirror => (width - 1, -1, width),
            CameraTurn.HalfTurn => (width * height - 1, -1, -width),
            CameraTurn.Flip => ((height - 1) * width, 1, -width),
            CameraTurn.Transpose => (0, height, 1),
            CameraTurn.RightTurn => (height - 1, height, -1),
            CameraTurn.Transverse => (width * height - 1, -height, -1),
            CameraTurn.LeftTurn => ((width - 1) * height, -height, 1),
            _ => (0, 1, width),
        };
        for (int y = 0, from = 0; y < height; y++)
        {
            for (int x = 0, to = (origin + y * row) * To; x < width; x++, from += From, to += column * To)
            {
                (rgb[to], rgb[to + 1], rgb[to + 2]) = (rgba[from], rgba[from + 1], rgba[from + 2]);
            }
        }
    }
}
