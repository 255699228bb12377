using System.Text.Json;
using SingleShot.Boxes;
using SingleShot.Models;

namespace SingleShot.Tests.Torchvision;

/// <summary>What torchvision made of a tiny model's random predictions for three images; written by make-fixture.py.</summary>
public sealed class TorchvisionFixture
{
    public static SsdSpecification Model { get; } = Specifications.Small(["a", "b", "c"]) with
    {
        Maps = [new FeatureMap(4, 24, 0.2, 0.4, [2]), new FeatureMap(2, 48, 0.4, 0.7, [2]), new FeatureMap(1, 96, 0.7, 0.95, [2])],
    };

    public Content Expected { get; } =
        JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Torchvision", "torchvision.json")))!;

    /// <summary>Boxes are corners in pixels; labels count from 0 without the background.</summary>
    public sealed record Content(
        float[] DefaultBoxes, float[] Offsets, float[] Scores, Picture[] Images, TiedPicture Ties,
        double Localization, double Classification, double[] OffsetGradient, double[] ScoreGradient);

    /// <summary>Matched has the ground truth of each default box, or -1.</summary>
    public sealed record Picture(
        float[] Truths, long[] Labels, int[] Matched, double[] FoundBoxes, double[] FoundScores, long[] FoundLabels);

    /// <summary>A picture whose default boxes have a few scores between them, so that many are equal.</summary>
    public sealed record TiedPicture(float[] Offsets, float[] Scores, double[] FoundBoxes, double[] FoundScores, long[] FoundLabels);
}
