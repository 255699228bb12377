using System.Runtime.InteropServices;
using TorchSharp;

namespace SingleShot.Images;

/// <summary>Turns a picture into what a network takes: normalised, then resized to a square.</summary>
/// <remarks>
/// <para>
/// The order and the resizing are those of torchvision's SSD: bytes over 255, less the mean, over the deviation, and then bilinear
/// interpolation without aligned corners and without antialiasing. The aspect ratio is not kept (section 2.2 of the paper, caffe's code).
/// </para>
/// <para>
/// The centre of output pixel i lies at s = (i + 0.5) x input / output - 0.5 in the input, never below 0; the value there is
/// (1 - f) x v[⌊s⌋] + f x v[⌊s⌋ + 1] with f = s - ⌊s⌋, along rows and columns, and the last pixel stands for those beyond the edge.
/// Plain loops instead of libtorch's: many threads prepare images at once, and each of libtorch's calls would spread over all cores.
/// </para>
/// </remarks>
public static class ImageTensor
{
    private const int Levels = 256;

    /// <summary>The picture as a network's input.</summary>
    /// <param name="image">A picture of any size.</param>
    /// <param name="size">Side of the square, in pixels, at least 1.</param>
    /// <param name="mean">Mean of red, green and blue, 0 to 1.</param>
    /// <param name="deviation">What red, green and blue are divided by, above 0; 1/255 for values up to 255.</param>
    /// <returns>float32 [3, size, size] on the CPU.</returns>
    /// <exception cref="ArgumentException">A size below 1, not three means and deviations, or a deviation that is not above 0.</exception>
    public static torch.Tensor From(RgbImage image, int size, IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var table = Normalised(mean, deviation);
        var result = torch.empty([3, size, size], torch.float32);
        Fill(image, size, table, MemoryMarshal.Cast<byte, float>(result.bytes));
        return result;
    }

    /// <summary>The normalised value of each byte: 256 for red, then 256 for green and for blue.</summary>
    internal static float[] Normalised(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count != 3 || deviation.Count != 3 || !deviation.All(value => value > 0))
        {
            throw new ArgumentException(
                $"Needs three means and three deviations above 0, not [{string.Join(", ", mean)}] and [{string.Join(", ", deviation)}].");
        }
        var table = new float[3 * Levels];
        for (var i = 0; i < table.Length; i++)
        {
            var channel = i / Levels;
            table[i] = (i % Levels / 255f - (float)mean[channel]) / (float)deviation[channel];
        }
        return table;
    }

    /// <summary>Writes the planes of red, green and blue of the resized picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="size">Side of the square.</param>
    /// <param name="table">What <see cref="Normalised"/> gave.</param>
    /// <param name="planes">3 x size x size values.</param>
    internal static void Fill(RgbImage image, int size, ReadOnlySpan<float> table, Span<float> planes)
    {
        var columns = Taps(image.Width, size);
        var rows = Taps(image.Height, size);
        var stride = image.Width * 3;
        for (var y = 0; y < size; y++)
        {
            var row = rows[y];
            var upper = image.Pixels.Slice(row.First * stride, stride);
            var lower = image.Pixels.Slice(row.Second * stride, stride);
            for (var channel = 0; channel < 3; channel++)
            {
                var value = table.Slice(channel * Levels, Levels);
                var output = planes.Slice((channel * size + y) * size, size);
                for (var x = 0; x < output.Length; x++)
                {
                    var column = columns[x];
                    var left = column.First * 3 + channel;
                    var right = column.Second * 3 + channel;
                    output[x] = (1 - row.Fraction) * ((1 - column.Fraction) * value[upper[left]] + column.Fraction * value[upper[right]])
                        + row.Fraction * ((1 - column.Fraction) * value[lower[left]] + column.Fraction * value[lower[right]]);
                }
            }
        }
    }

    private static Tap[] Taps(int input, int output)
    {
        var scale = (float)input / output;
        var taps = new Tap[output];
        for (var i = 0; i < output; i++)
        {
            var source = Math.Max(0, (i + 0.5f) * scale - 0.5f);
            var first = Math.Min((int)source, input - 1);
            taps[i] = new Tap(first, Math.Min(first + 1, input - 1), Math.Clamp(source - first, 0, 1));
        }
        return taps;
    }

    /// <summary>The two input pixels that an output pixel lies between, and how near it is to the second.</summary>
    private readonly record struct Tap(int First, int Second, float Fraction);
}
