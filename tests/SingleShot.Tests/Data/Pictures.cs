using SingleShot.Images;

namespace SingleShot.Tests.Data;

/// <summary>Pictures with known pixels.</summary>
public static class Pictures
{
    /// <summary>Each pixel tells where it is: red its column, green its row; sizes up to 256.</summary>
    public static RgbImage Coordinates(int width, int height) => RgbImage.Create(width, height, pixels =>
    {
        for (var i = 0; i < width * height; i++)
        {
            (pixels[i * 3], pixels[i * 3 + 1]) = ((byte)(i % width), (byte)(i / width));
        }
    });

    public static RgbImage Noise(int width, int height, int seed) => RgbImage.Create(width, height, new Random(seed).NextBytes);

    public static RgbImage Plain(int width, int height, byte red, byte green, byte blue) => RgbImage.Create(width, height, pixels =>
    {
        for (var i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        }
    });

    public static (byte Red, byte Green, byte Blue) At(this RgbImage image, int x, int y)
    {
        var i = (y * image.Width + x) * 3;
        return (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]);
    }
}
