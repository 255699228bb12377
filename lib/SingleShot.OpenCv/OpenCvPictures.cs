using OpenCvSharp;
using SingleShot.Images;

namespace SingleShot.OpenCv;

/// <summary>Pictures from OpenCV, whose pixels are blue, green and red, and to it.</summary>
public static class OpenCvPictures
{
    /// <summary>Copies the pixels of a matrix, such as a camera's frame; its rows may lie apart, as those of a part of a larger one do.</summary>
    /// <param name="mat">8-bit, of one channel (gray), three (blue, green, red) or four (the last one, transparency, is dropped).</param>
    /// <exception cref="ArgumentException">It is empty, or of another depth, number of channels or dimensions; the message says what to do.</exception>
    public static unsafe RgbImage ToRgbImage(this Mat mat)
    {
        ArgumentNullException.ThrowIfNull(mat);
        if (mat.Dims > 2)
        {
            throw new ArgumentException($"A picture has rows and columns; this matrix has {mat.Dims} dimensions.", nameof(mat));
        }
        if (mat.Empty())
        {
            throw new ArgumentException(
                "The matrix is empty. VideoCapture and Cv2.ImRead give such a one, and no error, where a camera is busy, a video has ended or a file is not a picture.",
                nameof(mat));
        }
        var channels = mat.Channels();
        if (mat.Depth() != MatType.CV_8U || channels is not (1 or 3 or 4))
        {
            throw new ArgumentException(
                $"The matrix is {mat.Type()}; a picture is CV_8UC3 (blue, green, red), CV_8UC1 or CV_8UC4. ConvertTo(...) changes the depth, Cv2.CvtColor the channels.",
                nameof(mat));
        }
        var (width, height) = (mat.Cols, mat.Rows);
        return RgbImage.Create(width, height, pixels =>
        {
            for (var y = 0; y < height; y++)
            {
                var source = new ReadOnlySpan<byte>(mat.Ptr(y).ToPointer(), width * channels);
                var target = pixels.Slice(y * width * 3, width * 3);
                for (var x = 0; x < width; x++)
                {
                    var (blue, red) = channels == 1 ? (x, x) : (x * channels, x * channels + 2);
                    target[3 * x] = source[red];
                    target[3 * x + 1] = source[(blue + red) / 2];
                    target[3 * x + 2] = source[blue];
                }
            }
        });
    }

    /// <summary>Copies the pixels of a picture into a matrix CV_8UC3, blue, green and red, which the caller disposes of.</summary>
    public static unsafe Mat ToMat(this RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var mat = new Mat(picture.Height, picture.Width, MatType.CV_8UC3);
        for (var y = 0; y < picture.Height; y++)
        {
            var source = picture.Pixels.Slice(y * picture.Width * 3, picture.Width * 3);
            var target = new Span<byte>(mat.Ptr(y).ToPointer(), source.Length);
            for (var i = 0; i < source.Length; i += 3)
            {
                (target[i], target[i + 1], target[i + 2]) = (source[i + 2], source[i + 1], source[i]);
            }
        }
        return mat;
    }
}
