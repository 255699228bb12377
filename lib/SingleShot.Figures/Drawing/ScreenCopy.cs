using SingleShot.Images;

namespace SingleShot.Figures.Drawing;

/// <summary>A picture no larger than a screen shows, so that a camera's photograph does not swell a notebook by its megabytes.</summary>
internal static class ScreenCopy
{
    /// <summary>Twice the widest figure: sharp on a screen with two pixels for one.</summary>
    private const int MaxSide = 1280;

    /// <summary>The picture itself where it is small enough, else a smaller one: each of its pixels is the mean of a block.</summary>
    public static RgbImage Of(RgbImage image)
    {
        var factor = (Math.Max(image.Width, image.Height) + MaxSide - 1) / MaxSide;
        if (factor == 1)
        {
            return image;
        }

        int width = Math.Max(1, image.Width / factor), height = Math.Max(1, image.Height / factor);
        return RgbImage.Create(width, height, pixels =>
        {
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = BlockMean(image, i / 3 % width, i / 3 / width, i % 3, factor);
            }
        });
    }

    private static byte BlockMean(RgbImage image, int column, int row, int channel, int factor)
    {
        var bottom = Math.Min(image.Height, (row + 1) * factor);
        var right = Math.Min(image.Width, (column + 1) * factor);
        int sum = 0, count = 0;
        for (var y = row * factor; y < bottom; y++)
        {
            for (var x = column * factor; x < right; x++, count++)
            {
                sum += image.Pixels[(y * image.Width + x) * 3 + channel];
            }
        }

        return (byte)((sum + count / 2) / count);
    }
}
