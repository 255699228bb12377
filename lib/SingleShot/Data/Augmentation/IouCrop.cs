using SingleShot.Boxes;
using SingleShot.Images;
using SingleShot.Runtime;

namespace SingleShot.Data.Augmentation;

/// <summary>Cuts out a part that overlaps the objects at least so much: section 3.6 of the paper, 'zoom in'.</summary>
/// <remarks>
/// Draws a least Jaccard overlap, then looks for a part whose overlap with one of the objects that it keeps, as they are in the whole
/// picture, is at least that; an object is kept where its center is in the part, and clipped to it. When <see cref="Trials"/> parts
/// have failed, another overlap is drawn, as in torchvision. A picture without objects stays whole.
/// </remarks>
public sealed record IouCrop : IAugmentation
{
    /// <summary>The least overlap that stands for the whole picture.</summary>
    public const double Whole = 1;

    private const int Rounds = 50;

    /// <summary>
    /// The overlaps to draw from, 0 to 1, at least one: <see cref="Whole"/> keeps the picture, 0 takes any part with an object's center.
    /// </summary>
    public IReadOnlyList<double> MinOverlaps
    {
        get;
        init
        {
            field = Checked.Each(value, (overlap, name) => Checked.Between(overlap, 0, 1, name));
            Checked.AtLeast(value.Count, 1, $"{nameof(MinOverlaps)}.{nameof(value.Count)}");
        }
    } = [Whole, 0.1, 0.3, 0.5, 0.7, 0.9, 0];

    /// <summary>The least width and height of the part, as fractions of the picture's, 0 to 1.</summary>
    public double MinScale { get; init => field = Checked.Between(value, 0, 1); } = 0.3;

    /// <summary>The part is at most this many times as wide as high, and as high as wide, in pixels; at least 1.</summary>
    public double MaxAspectRatio { get; init => field = Checked.AtLeast(value, 1); } = 2;

    /// <summary>How many parts to try for one overlap, at least 1.</summary>
    public int Trials { get; init => field = Checked.AtLeast(value, 1); } = 50;

    /// <inheritdoc/>
    public Example Apply(Example example, Random random)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(random);
        if (example.Truths.Count == 0)
        {
            return example;
        }
        // A picture where nothing fits and the whole is not among the overlaps must not hold up training for ever.
        for (var round = 0; round < Rounds; round++)
        {
            var least = MinOverlaps[random.Next(MinOverlaps.Count)];
            if (least >= Whole)
            {
                return example;
            }
            for (var trial = 0; trial < Trials; trial++)
            {
                if (TryPart(example, least, random) is { } part)
                {
                    return part;
                }
            }
        }
        return example;
    }

    private Example? TryPart(Example example, double least, Random random)
    {
        var image = example.Image;
        var width = (int)(image.Width * (MinScale + random.NextDouble() * (1 - MinScale)));
        var height = (int)(image.Height * (MinScale + random.NextDouble() * (1 - MinScale)));
        if (width < 1 || height < 1 || width > height * MaxAspectRatio || height > width * MaxAspectRatio)
        {
            return null;
        }
        var left = random.Next(image.Width - width + 1);
        var top = random.Next(image.Height - height + 1);
        var part = BoundingBox.FromSize(left, top, width, height);
        var kept = example.Truths.Where(truth => HasCenterOf(part, truth.Box)).ToArray();
        if (kept.Length == 0 || kept.Max(truth => truth.Box.Overlap(part)) < least)
        {
            return null;
        }
        var cut = RgbImage.Create(width, height, pixels =>
        {
            for (var y = 0; y < height; y++)
            {
                image.Pixels.Slice(((top + y) * image.Width + left) * 3, width * 3).CopyTo(pixels[(y * width * 3)..]);
            }
        });
        return new Example(cut, [.. kept.Select(truth => Clip(truth, part))]);
    }

    private static bool HasCenterOf(BoundingBox part, BoundingBox box)
    {
        var (x, y) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        return part.Left < x && x < part.Right && part.Top < y && y < part.Bottom;
    }

    private static GroundTruth Clip(GroundTruth truth, BoundingBox part)
    {
        var box = truth.Box.Shift(-part.Left, -part.Top).ClipTo(part.Width, part.Height);
        return truth with { Box = box, Area = truth.Area * box.Area / truth.Box.Area };
    }
}
