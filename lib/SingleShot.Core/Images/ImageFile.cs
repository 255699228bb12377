using System.Buffers;
using SingleShot.Runtime.Files;
using SkiaSharp;

namespace SingleShot.Images;

/// <summary>Pictures in JPEG and PNG files; BMP, GIF and WebP are read as well.</summary>
/// <remarks>
/// A picture comes as it is shown: a camera's note to turn it (EXIF orientation) is followed, unless it is asked for as stored. Colors are
/// not converted from one profile to another. Gray pictures get three equal channels, CMYK becomes RGB, 16 bits become 8, transparency is
/// dropped, the color under it kept, and of an animation the first picture is read.
/// </remarks>
public static class ImageFile
{
    private const int BytesPerSkiaPixel = 4;

    /// <summary>Reads a picture as viewers show it.</summary>
    /// <param name="path">Path of a JPEG or PNG file.</param>
    /// <returns>The picture, turned as its camera's note says.</returns>
    /// <exception cref="ImageFileException">The file is missing, cannot be opened, is not a picture, or is cut off or damaged.</exception>
    public static RgbImage Read(string path) => Read(path, Orientation.Shown);

    /// <summary>Reads a picture.</summary>
    /// <param name="path">Path of a JPEG or PNG file.</param>
    /// <param name="orientation">As shown or as stored; the same where the camera left no note.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageFileException">The file is missing, cannot be opened, is not a picture, or is cut off or damaged.</exception>
    public static RgbImage Read(string path, Orientation orientation) => Read(path, _ => orientation);

    /// <summary>Reads what a picture file says of its size and of its camera, not the pixels.</summary>
    /// <param name="path">Path of a JPEG or PNG file.</param>
    /// <returns>The size as stored, and the camera's note.</returns>
    /// <exception cref="ImageFileException">The file is missing, cannot be opened, or does not begin as a picture does.</exception>
    public static ImageHeader ReadHeader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = Open(path, File.OpenRead);
        using var codec = stream.Length == 0 ? null : SKCodec.Create(stream);
        return codec is null ? throw NoPicture(path) : Header(codec) with { Frames = Math.Max(1, codec.FrameCount) };
    }

    /// <summary>Reads a picture, which way up being decided once its header is known.</summary>
    internal static RgbImage Read(string path, Func<ImageHeader, Orientation> orientation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var data = SKData.CreateCopy(Open(path, File.ReadAllBytes));
        using var codec = data.Size == 0 ? null : SKCodec.Create(data);
        if (codec is null)
        {
            throw NoPicture(path);
        }
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height * BytesPerSkiaPixel > Array.MaxLength)
        {
            throw new ImageFileException($"{path} is too large to read, {width} x {height} pixels: scale it down first.");
        }
        // RGBA has to be asked for: Skia's own choice is BGRA. Unpremultiplied, or transparent pixels would come out darker.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var buffer = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        try
        {
            // Anything but success counts, an early end of the data too: a picture half gray would train the network on gray.
            var result = Decode(codec, info, buffer);
            if (result != SKCodecResult.Success)
            {
                throw new ImageFileException($"{path} is damaged or cut off ({result}): fetch it again, or leave it out.");
            }
            var header = Header(codec);
            if (header.Turn == CameraTurn.None || orientation(header) == Orientation.Stored)
            {
                return RgbImage.Create(width, height, pixels => DropAlpha(buffer, pixels));
            }
            var (columns, rows) = header.Size(Orientation.Shown);
            return RgbImage.Create(columns, rows, pixels => TurnedPixels.Copy(buffer, width, height, header.Turn, pixels));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a picture; whoever reads the file meanwhile sees the old one or the new one, never half of it.</summary>
    /// <param name="path">Path that ends in .jpg, .jpeg or .png; its folder exists.</param>
    /// <param name="image">The picture.</param>
    /// <param name="quality">For JPEG, from 1 (small) to 100 (good).</param>
    /// <exception cref="ArgumentException">Another extension, or a quality out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage image, int quality = 90)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" => ImageFormat.Jpeg,
            ".png" => ImageFormat.Png,
            var other => throw new ArgumentException($"{path} ends in '{other}', not in .jpg, .jpeg or .png.", nameof(path)),
        };
        var bytes = Encode(image, format, quality);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a picture's file, for instance to put into a page.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">JPEG or PNG.</param>
    /// <param name="quality">For JPEG, from 1 (small) to 100 (good).</param>
    /// <exception cref="ArgumentOutOfRangeException">A quality out of range, or an unknown format.</exception>
    public static byte[] Encode(RgbImage image, ImageFormat format, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var target = format switch
        {
            ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
            ImageFormat.Png => SKEncodedImageFormat.Png,
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Neither JPEG nor PNG."),
        };
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        AddAlpha(image.Pixels, bitmap.GetPixelSpan());
        using var data = bitmap.Encode(target, quality) ?? throw new InvalidOperationException($"Skia could not encode {target}.");
        return data.ToArray();
    }

    private static ImageHeader Header(SKCodec codec) =>
        new(codec.Info.Width, codec.Info.Height, (CameraTurn)(int)codec.EncodedOrigin, Frames: 1); // Skia numbers them as EXIF does

    private static ImageFileException NoPicture(string path) =>
        new($"{path} is not a picture that can be read: convert it to JPEG or PNG, or leave it out.");

    private static T Open<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException($"{path} does not exist: check the image folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException(Directory.Exists(path) ? $"{path} is a folder: name a picture in it." : $"{path} cannot be opened: {e.Message}", e);
        }
    }

    private static unsafe SKCodecResult Decode(SKCodec codec, SKImageInfo info, byte[] buffer)
    {
        fixed (byte* first = buffer)
        {
            return codec.GetPixels(info, (nint)first);
        }
    }

    private static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; to < rgb.Length; from += BytesPerSkiaPixel, to += 3)
        {
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (rgba[from], rgba[from + 1], rgba[from + 2]);
        }
    }

    private static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += BytesPerSkiaPixel)
        {
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], byte.MaxValue);
        }
    }
}
