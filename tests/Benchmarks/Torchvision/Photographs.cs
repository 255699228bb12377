using System.Globalization;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Images;

namespace SingleShot.Benchmarks.Torchvision;

/// <summary>JPEG files of 640 x 480 that cost as much to decode as photographs do, with four objects each, for both programs to read.</summary>
internal static class Photographs
{
    public const int Width = 640;
    public const int Height = 480;

    private const int Count = 64;

    /// <summary>The objects of each picture; <c>peer.py</c> has the same.</summary>
    public static IReadOnlyList<GroundTruth> Objects { get; } =
        [.. Enumerable.Range(0, 4).Select(i => new GroundTruth(BoundingBox.FromSize(40 + (140 * i), 60 + (80 * i), 120, 140), i))];

    public static IEnumerable<string> Files(string folder) => Enumerable.Range(0, Count).Select(i => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:00}.jpg")));

    /// <summary>Writes the files: patches of color with grain on them.</summary>
    public static void Write(string folder)
    {
        foreach (var (seed, file) in Files(folder).Index())
        {
            var random = new Random(seed);
            var patches = new byte[3 * 40 * 30];
            random.NextBytes(patches);
            ImageFile.Write(file, RgbImage.Create(Width, Height, pixels =>
            {
                for (var i = 0; i < pixels.Length; i++)
                {
                    var (pixel, channel) = Math.DivRem(i, 3);
                    var (y, x) = Math.DivRem(pixel, Width);
                    pixels[i] = (byte)Math.Clamp(patches[(3 * ((y / 16 * 40) + (x / 16))) + channel] + random.Next(-12, 13), 0, 255);
                }
            }));
        }
    }
}
