using System.Runtime.CompilerServices;
using SingleShot.Images;
using SingleShot.Runtime;

namespace SingleShot.Data.Augmentation;

/// <summary>Changes brightness, contrast, saturation and hue, each or not at even chance; boxes stay where they are.</summary>
/// <remarks>
/// The ranges are those of the authors' code, after Howard (arXiv 1312.5402). Each change is linear, and values are cut off at 0 and 255
/// only after the last. Contrast is about the picture's mean luma, as in torchvision. Contrast before the color changes or after them
/// is drawn at even chance, as there, which matters little here: nothing is cut off in between.
/// </remarks>
public sealed record PhotometricDistortion : IAugmentation
{
    /// <summary>How often each of the four changes is made, 0 to 1.</summary>
    public double Probability { get; init => field = Checked.Between(value, 0, 1); } = 0.5;

    /// <summary>The most to add to, or take from, all channels, in units of a byte; 0 or more.</summary>
    public double Brightness { get; init => field = Checked.AtLeast(value, 0); } = 32;

    /// <summary>The least and the most that contrast is multiplied by, 0 or more.</summary>
    public (double Min, double Max) Contrast { get; init => field = Factors(value); } = (0.5, 1.5);

    /// <summary>The least and the most that saturation is multiplied by, 0 or more.</summary>
    public (double Min, double Max) Saturation { get; init => field = Factors(value); } = (0.5, 1.5);

    /// <summary>The most that hues are turned either way, in degrees; 0 or more.</summary>
    public double Hue { get; init => field = Checked.AtLeast(value, 0); } = 18;

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        var image = example.Image;
        var middle = ColorChange.MeanLuma(image.Pixels);
        var change = ColorChange.Identity;
        var changed = false;

        void Maybe(Func<ColorChange> draw)
        {
            if (random.NextDouble() < Probability)
            {
                change = change.Then(draw());
                changed = true;
            }
        }

        void MaybeContrast() => Maybe(() => ColorChange.Contrast(Draw(random, Contrast), middle));

        var contrastFirst = random.Next(2) == 0;
        Maybe(() =>
        {
            var shift = Draw(random, (-Brightness, Brightness));
            middle += shift;
            return ColorChange.Brightness(shift);
        });
        if (contrastFirst)
        {
            MaybeContrast();
        }
        Maybe(() => ColorChange.Saturation(Draw(random, Saturation)));
        Maybe(() => ColorChange.Hue(Draw(random, (-Hue, Hue))));
        if (!contrastFirst)
        {
            MaybeContrast();
        }
        return changed
            ? example with { Image = RgbImage.Create(image.Width, image.Height, pixels => change.Apply(image.Pixels, pixels)) }
            : example;
    }

    private static (double Min, double Max) Factors((double Min, double Max) range, [CallerMemberName] string name = "") =>
        (Checked.AtLeast(range.Min, 0, $"{name}.Min"), Checked.AtLeast(range.Max, range.Min, $"{name}.Max"));

    private static double Draw(Random random, (double Min, double Max) range) =>
        range.Min + random.NextDouble() * (range.Max - range.Min);
}
