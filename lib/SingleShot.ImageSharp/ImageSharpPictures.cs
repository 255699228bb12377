using SingleShot.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace SingleShot.ImageSharp;

/// <summary>Pictures from ImageSharp, and to it.</summary>
/// <remarks>
/// The pixels are copied as they are. ImageSharp reads a JPEG file otherwise than the library does, single pixels by dozens of 255 levels: to get
/// the same detections everywhere, read the files of one data set by one of the two. It is not fit for files from strangers (see docs/library.md).
/// </remarks>
public static class ImageSharpPictures
{
    /// <summary>Copies the pixels of an image; of one with several frames, those of the first.</summary>
    /// <param name="image">An <c>Image&lt;Rgb24&gt;</c>.</param>
    /// <exception cref="ArgumentException">Its pixels are of another type; the message says how to convert it.</exception>
    public static RgbImage ToRgbImage(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image is Image<Rgb24> rgb
            ? RgbImage.Create(rgb.Width, rgb.Height, pixels => rgb.CopyPixelDataTo(pixels))
            : throw new ArgumentException(
                $"The image's pixels are {image.GetType().GenericTypeArguments.FirstOrDefault()?.Name ?? "of an unknown type"}, not Rgb24. Load it by "
                + "Image.Load<Rgb24>(path), or convert it by image.CloneAs<Rgb24>(), which drops transparency.",
                nameof(image));
    }

    /// <summary>Copies the pixels of a picture into an image, which the caller disposes of.</summary>
    public static Image<Rgb24> ToImageSharp(this RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Image.LoadPixelData<Rgb24>(picture.Pixels, picture.Width, picture.Height);
    }
}
