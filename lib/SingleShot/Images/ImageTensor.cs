using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using SingleShot.Runtime;
using TorchSharp;

namespace SingleShot.Images;

/// <summary>Turns a picture into what a network takes: normalized, then resized to a square.</summary>
/// <remarks>
/// <para>
/// The order and the resizing are those of torchvision's SSD: bytes over 255, less the mean, over the deviation, and then bilinear
/// interpolation without aligned corners and without antialiasing. The aspect ratio is not kept (section 2.2 of the paper, caffe's code).
/// </para>
/// <para>
/// The center of output pixel i lies at s = (i + 0.5) x input / output - 0.5 in the input, never below 0; the value there is
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
    /// <param name="dtype">Type of the numbers: float64 is computed in float64, every other in float32 and then rounded.</param>
    /// <returns>[3, size, size] on the CPU.</returns>
    /// <exception cref="ArgumentException">
    /// A size below 1, not three means and deviations, a deviation that is not above 0, or such that a pixel would be NaN or infinite.
    /// </exception>
    public static torch.Tensor From(
        RgbImage image, int size, IReadOnlyList<double> mean, IReadOnlyList<double> deviation,
        torch.ScalarType dtype = torch.ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (dtype == torch.float64)
        {
            return From<double>(image, size, mean, deviation, dtype);
        }
        var result = From<float>(image, size, mean, deviation, torch.float32);
        if (dtype == torch.float32)
        {
            return result;
        }
        using (result)
        {
            var converted = result.to(dtype);
            if (converted.IsFinite())
            {
                return converted;
            }
            converted.Dispose();
            throw NotFinite(mean, deviation, dtype.ToString());
        }
    }

    /// <summary>The normalized value of each byte: 256 for red, then 256 for green and for blue.</summary>
    internal static T[] Normalized<T>(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Count != 3 || deviation.Count != 3 || !deviation.All(value => value > 0))
        {
            throw new ArgumentException(
                $"Needs three means and three deviations above 0, not {Listed(mean)} and {Listed(deviation)}.");
        }
        var table = new T[3 * Levels];
        for (var i = 0; i < table.Length; i++)
        {
            var channel = i / Levels;
            table[i] = (T.CreateChecked(i % Levels) / T.CreateChecked(255) - T.CreateChecked(mean[channel])) / T.CreateChecked(deviation[channel]);
            if (!T.IsFinite(table[i]))
            {
                throw NotFinite(mean, deviation, typeof(T).Name);
            }
        }
        return table;
    }

    /// <summary>Writes the planes of red, green and blue of the resized picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="size">Side of the square.</param>
    /// <param name="table">What <see cref="Normalized"/> gave.</param>
    /// <param name="planes">3 x size x size values.</param>
    internal static void Fill<T>(RgbImage image, int size, ReadOnlySpan<T> table, Span<T> planes)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var columns = Taps<T>(image.Width, size);
        var rows = Taps<T>(image.Height, size);
        var stretched = new T[2][] { new T[3 * size], new T[3 * size] }; // a row of the picture is stretched once, and serves all rows that it is near to
        Span<int> held = [-1, -1];
        for (var y = 0; y < size; y++)
        {
            var row = rows[y];
            var upper = Stretched(image, row.First, columns, table, stretched, held);
            var lower = Stretched(image, row.Second, columns, table, stretched, held);
            for (var channel = 0; channel < 3; channel++)
            {
                Blend(upper.Slice(channel * size, size), lower.Slice(channel * size, size), row.Fraction, planes.Slice((channel * size + y) * size, size));
            }
        }
    }

    /// <summary>A row of the picture, normalized and as wide as the square: red, then green, then blue.</summary>
    private static ReadOnlySpan<T> Stretched<T>(RgbImage image, int row, Tap<T>[] columns, ReadOnlySpan<T> table, T[][] stretched, Span<int> held)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var place = row % 2; // the two rows that are needed at a time are neighbors
        var output = stretched[place];
        if (held[place] != row)
        {
            held[place] = row;
            var pixels = image.Pixels.Slice(row * image.Width * 3, image.Width * 3);
            for (var channel = 0; channel < 3; channel++)
            {
                var value = table.Slice(channel * Levels, Levels);
                var plane = output.AsSpan(channel * columns.Length, columns.Length);
                for (var x = 0; x < plane.Length; x++)
                {
                    var column = columns[x];
                    plane[x] = (T.One - column.Fraction) * value[pixels[(column.First * 3) + channel]] + column.Fraction * value[pixels[(column.Second * 3) + channel]];
                }
            }
        }
        return output;
    }

    /// <summary>(1 - fraction) x upper + fraction x lower.</summary>
    private static void Blend<T>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, T fraction, Span<T> output)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var (rest, x) = (T.One - fraction, 0);
        for (; x <= output.Length - Vector<T>.Count; x += Vector<T>.Count)
        {
            (new Vector<T>(upper[x..]) * rest + new Vector<T>(lower[x..]) * fraction).CopyTo(output[x..]);
        }
        for (; x < output.Length; x++)
        {
            output[x] = rest * upper[x] + fraction * lower[x];
        }
    }

    private static torch.Tensor From<T>(RgbImage image, int size, IReadOnlyList<double> mean, IReadOnlyList<double> deviation, torch.ScalarType dtype)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var table = Normalized<T>(mean, deviation);
        var result = torch.empty([3, size, size], dtype);
        Fill(image, size, table, MemoryMarshal.Cast<byte, T>(result.bytes));
        return result;
    }

    private static ArgumentException NotFinite(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, string type) => new(
        $"A pixel less the mean {Listed(mean)}, over the deviation {Listed(deviation)}, would be NaN or infinite as {type}: "
        + "use the mean and deviation that the network was trained with.");

    private static string Listed(IEnumerable<double> values) =>
        $"[{string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]";

    private static Tap<T>[] Taps<T>(int input, int output)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        var scale = T.CreateChecked(input) / T.CreateChecked(output);
        var taps = new Tap<T>[output];
        for (var i = 0; i < output; i++)
        {
            var source = T.Max(T.Zero, (T.CreateChecked(i) + half) * scale - half);
            var first = Math.Min(int.CreateTruncating(source), input - 1);
            taps[i] = new Tap<T>(first, Math.Min(first + 1, input - 1), T.Clamp(source - T.CreateChecked(first), T.Zero, T.One));
        }
        return taps;
    }

    /// <summary>The two input pixels that an output pixel lies between, and how near it is to the second.</summary>
    private readonly record struct Tap<T>(int First, int Second, T Fraction);
}
