namespace SingleShot.Data.Augmentation;

/// <summary>A linear change of color: each output channel is a weighted sum of red, green and blue, plus a constant.</summary>
/// <remarks>Changes compose into one, so that a picture is gone through, rounded and cut off at 0 and 255 only once.</remarks>
internal readonly struct ColorChange
{
    // Luma of ITU-R BT.601, as OpenCV and torchvision turn colors into gray.
    private const double Red = 0.299;
    private const double Green = 0.587;
    private const double Blue = 0.114;

    private readonly double[] _matrix; // 3 rows of 4: the weights of red, green, blue, and the constant

    private ColorChange(double[] matrix) => _matrix = matrix;

    /// <summary>No change.</summary>
    public static ColorChange Identity => new([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);

    /// <summary>Adds to each channel, in units of a byte.</summary>
    public static ColorChange Brightness(double shift) => new([1, 0, 0, shift, 0, 1, 0, shift, 0, 0, 1, shift]);

    /// <summary>Stretches the distance of each value from <paramref name="middle"/>.</summary>
    public static ColorChange Contrast(double factor, double middle)
    {
        var shift = (1 - factor) * middle;
        return new([factor, 0, 0, shift, 0, factor, 0, shift, 0, 0, factor, shift]);
    }

    /// <summary>Stretches the distance of each color from the gray as bright: 0 leaves gray, 1 changes nothing.</summary>
    public static ColorChange Saturation(double factor)
    {
        var (r, g, b) = ((1 - factor) * Red, (1 - factor) * Green, (1 - factor) * Blue);
        return new([r + factor, g, b, 0, r, g + factor, b, 0, r, g, b + factor, 0]);
    }

    /// <summary>Turns colors about the axis of grays, luma kept: the hue rotation of the SVG and CSS filter standards.</summary>
    public static ColorChange Hue(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new([
            0.213 + 0.787 * cos - 0.213 * sin, 0.715 - 0.715 * cos - 0.715 * sin, 0.072 - 0.072 * cos + 0.928 * sin, 0,
            0.213 - 0.213 * cos + 0.143 * sin, 0.715 + 0.285 * cos + 0.140 * sin, 0.072 - 0.072 * cos - 0.283 * sin, 0,
            0.213 - 0.213 * cos - 0.787 * sin, 0.715 - 0.715 * cos + 0.715 * sin, 0.072 + 0.928 * cos + 0.072 * sin, 0]);
    }

    /// <summary>Mean luma of a picture, 0 to 255.</summary>
    public static double MeanLuma(ReadOnlySpan<byte> pixels)
    {
        long red = 0, green = 0, blue = 0;
        for (var i = 0; i < pixels.Length; i += 3)
        {
            red += pixels[i];
            green += pixels[i + 1];
            blue += pixels[i + 2];
        }
        return (Red * red + Green * green + Blue * blue) / (pixels.Length / 3);
    }

    /// <summary>This change, then another.</summary>
    public ColorChange Then(ColorChange next)
    {
        var (a, b) = (next._matrix, _matrix);
        var product = new double[12];
        for (var i = 0; i < 12; i++)
        {
            var (row, column) = (i / 4 * 4, i % 4);
            product[i] = a[row] * b[column] + a[row + 1] * b[column + 4] + a[row + 2] * b[column + 8] + (column == 3 ? a[row + 3] : 0);
        }
        return new(product);
    }

    /// <summary>Writes the changed pixels.</summary>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        // Fixed point with 16 bits behind the point, twice as fast as float; half a unit more, for the shift rounds down.
        // The bounds keep the sums within an int; weights that large leave nothing but 0 and 255 as it is.
        Span<int> m = stackalloc int[12];
        for (var i = 0; i < 12; i++)
        {
            var entry = i % 4 == 3 ? Math.Clamp(_matrix[i] + 0.5, -8000, 8000) : Math.Clamp(_matrix[i], -30, 30);
            m[i] = (int)Math.Round(entry * (1 << 16));
        }
        var (rr, rg, rb, r1) = (m[0], m[1], m[2], m[3]);
        var (gr, gg, gb, g1) = (m[4], m[5], m[6], m[7]);
        var (br, bg, bb, b1) = (m[8], m[9], m[10], m[11]);
        target = target[..source.Length];
        for (var i = 0; i + 2 < source.Length; i += 3)
        {
            var (red, green, blue) = ((int)source[i], (int)source[i + 1], (int)source[i + 2]);
            target[i] = (byte)Math.Clamp((rr * red + rg * green + rb * blue + r1) >> 16, 0, 255);
            target[i + 1] = (byte)Math.Clamp((gr * red + gg * green + gb * blue + g1) >> 16, 0, 255);
            target[i + 2] = (byte)Math.Clamp((br * red + bg * green + bb * blue + b1) >> 16, 0, 255);
        }
    }
}
