using SingleShot.Images;
using SingleShot.Runtime;

namespace SingleShot.Data.Augmentation;

/// <summary>Puts the picture somewhere on a larger canvas, so that its objects become small: the paper's section 3.6, 'zoom out'.</summary>
/// <param name="MaxRatio">The canvas is up to this many times as wide and high, at least 1; the paper's 16 times the area.</param>
/// <param name="Probability">How often, 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range; the message says which.</exception>
public sealed record Expand(double MaxRatio = 4, double Probability = 0.5) : IAugmentation
{
    // Pixels. Sixteen times a large photograph is more than an array holds, and more than a machine that trains on several can spare.
    private const double LargestCanvas = 1 << 28;

    /// <summary>The canvas is up to this many times as wide and high, at least 1.</summary>
    public double MaxRatio { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(MaxRatio, 1);

    /// <summary>How often, 0 to 1.</summary>
    public double Probability { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(Probability, 0, 1);

    /// <summary>The canvas' color: red, green, blue, 0 to 1; ImageNet's mean, which becomes 0 where a network takes it off.</summary>
    public IReadOnlyList<double> Fill
    {
        get;
        init => field = Checked.Each(value, (channel, name) => Checked.Between(channel, 0, 1, name), count: 3);
    } = [0.48235, 0.45882, 0.40784];

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= Probability)
        {
            return example;
        }
        var image = example.Image;
        var largest = Math.Min(MaxRatio, Math.Sqrt(LargestCanvas / ((double)image.Width * image.Height)));
        if (largest <= 1)
        {
            return example;
        }
        var ratio = 1 + random.NextDouble() * (largest - 1);
        var (width, height) = ((int)(image.Width * ratio), (int)(image.Height * ratio));
        var left = random.Next(width - image.Width + 1);
        var top = random.Next(height - image.Height + 1);
        var canvas = RgbImage.Create(width, height, pixels =>
        {
            FillWithColor(pixels);
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Pixels.Slice(y * image.Width * 3, image.Width * 3);
                row.CopyTo(pixels[(((top + y) * width + left) * 3)..]);
            }
        });
        return new Example(canvas, [.. example.Truths.Select(truth => truth with { Box = truth.Box.Shift(left, top) })]);
    }

    private void FillWithColor(Span<byte> pixels)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            pixels[channel] = (byte)Math.Clamp(Math.Round(Fill[channel] * 255), 0, 255);
        }
        // Each copy doubles what is filled: much faster than pixel by pixel on a canvas of 16 pictures.
        for (var filled = 3; filled < pixels.Length; filled *= 2)
        {
            pixels[..Math.Min(filled, pixels.Length - filled)].CopyTo(pixels[filled..]);
        }
    }
}
