using SingleShot.Data;
using SingleShot.Data.Shapes;
using SingleShot.Images;

namespace SingleShot.Tests.Torchvision;

/// <summary>What the two libraries are compared on: photographs where a folder of them is named, drawn scenes where none is.</summary>
internal static class TorchvisionPictures
{
    /// <summary>The environment variable that names a folder of JPEG photographs.</summary>
    private const string Folder = "SINGLESHOT_PHOTOGRAPHS";

    /// <summary>Pictures of different sizes.</summary>
    public static IReadOnlyList<RgbImage> Mixed(int count)
    {
        if (Environment.GetEnvironmentVariable(Folder) is { Length: > 0 } folder)
        {
            var photographs = Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(count).Select(ImageFile.Read).ToList();
            return [.. photographs.Select((image, i) => Cut(image, image.Width - 37 * i, image.Height - 23 * i))];
        }
        return [.. Enumerable.Range(0, count).Select(i => Cut(Scene(i, 400 + 150 * i).Image, 400 + 113 * i, 300 + 61 * i))];
    }

    /// <summary>A square drawn scene with the objects in it.</summary>
    public static Example Scene(int index, int size) => ShapesGenerator.Draw(seed: 3, index, size);

    private static RgbImage Cut(RgbImage image, int width, int height) => RgbImage.Create(width, height, pixels =>
    {
        for (var y = 0; y < height; y++)
        {
            image.Pixels.Slice(y * image.Width * 3, width * 3).CopyTo(pixels[(y * width * 3)..]);
        }
    });
}
