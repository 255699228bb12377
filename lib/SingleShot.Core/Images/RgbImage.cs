namespace SingleShot.Images;

/// <summary>A picture as plain bytes: row by row from the top, three bytes a pixel, red, green, blue.</summary>
/// <remarks>This is the edge of the library: a picture from any imaging library or camera comes in through the constructor.</remarks>
public sealed class RgbImage
{
    private readonly byte[] _pixels;

    /// <summary>Copies the pixels of a picture.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">width x height x 3 bytes: red, green, blue.</param>
    /// <exception cref="ArgumentException">A size below 1, or a number of bytes that is not width x height x 3.</exception>
    public RgbImage(int width, int height, ReadOnlySpan<byte> pixels)
        : this(width, height, Check(width, height, pixels).ToArray())
    {
    }

    private RgbImage(int width, int height, byte[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The bytes: that of channel c (0 red, 1 green, 2 blue) at column x of row y is number (y x Width + x) x 3 + c.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Makes a picture whose bytes <paramref name="fill"/> writes; they are 0 before.</summary>
    /// <exception cref="ArgumentException">A size below 1.</exception>
    public static RgbImage Create(int width, int height, SpanAction fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var pixels = new byte[checked(width * height * 3)];
        fill(pixels);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Writes the bytes of a new picture.</summary>
    public delegate void SpanAction(Span<byte> pixels);

    private static ReadOnlySpan<byte> Check(int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return pixels.Length == checked(width * height * 3)
            ? pixels
            : throw new ArgumentException($"A picture of {width} x {height} takes {width * height * 3} bytes (RGB), not {pixels.Length}.", nameof(pixels));
    }
}
