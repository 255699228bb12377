using SingleShot.Images;
using SingleShot.Runtime;

namespace SingleShot.Data.Augmentation;

/// <summary>Mirrors left and right.</summary>
/// <param name="Probability">How often, 0 to 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is out of its range.</exception>
public sealed record HorizontalFlip(double Probability = 0.5) : IAugmentation
{
    /// <summary>How often, 0 to 1.</summary>
    public double Probability { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(Probability, 0, 1);

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        return random.NextDouble() < Probability ? Mirror(example) : example;
    }

    private static Example Mirror(Example example)
    {
        var (image, width) = (example.Image, example.Image.Width);
        var mirrored = RgbImage.Create(width, image.Height, pixels =>
        {
            var source = image.Pixels;
            for (var row = 0; row < pixels.Length; row += width * 3)
            {
                for (var x = 0; x < width; x++)
                {
                    var (from, to) = (row + x * 3, row + (width - 1 - x) * 3);
                    (pixels[to], pixels[to + 1], pixels[to + 2]) = (source[from], source[from + 1], source[from + 2]);
                }
            }
        });
        return new Example(mirrored, [.. example.Truths.Select(truth =>
            truth with { Box = truth.Box with { Left = width - truth.Box.Right, Right = width - truth.Box.Left } })]);
    }
}
