using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Images;
using SingleShot.Networks;
using static TorchSharp.torch;

namespace Browser.Tests;

/// <summary>Pictures, objects and predictions to draw.</summary>
internal static class Scenes
{
    public static SsdSpecification Small { get; } = Specifications.Small(["circle", "square", "triangle", "star"]);

    public static SsdSpecification Ssd300 { get; } = Specifications.Ssd300(["circle", "square", "triangle", "star"]);

    public static RgbImage Picture(int width, int height) => RgbImage.Create(width, height, pixels =>
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(60 + i / 3 % width * 120 / width + i / 3 / width * 60 / height);
        }
    });

    /// <summary>Objects anywhere, of any size, wholly inside.</summary>
    public static GroundTruth[] Objects(int seed, int count, int width, int height)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double w = width * (0.06 + 0.5 * random.NextDouble()), h = height * (0.06 + 0.5 * random.NextDouble());
            return new GroundTruth(BoundingBox.FromSize((width - w) * random.NextDouble(), (height - h) * random.NextDouble(), w, h), random.Next(4));
        })];
    }

    /// <summary>Predictions as of a half-trained network: near an object the box points at it, more surely the nearer it is.</summary>
    public static (Tensor Offsets, Tensor Scores) Predictions(SsdSpecification model, IReadOnlyList<GroundTruth> truths, int width, int height, int seed)
    {
        using var scope = NewDisposeScope();
        var corners = truths.Select(t => t.Box.Scale(1.0 / width, 1.0 / height)).SelectMany(b => new[] { (float)b.Left, (float)b.Top, (float)b.Right, (float)b.Bottom }).ToArray();
        var (objects, defaults) = (tensor(corners, [truths.Count, 4]), model.DefaultBoxes().ToTensor());
        var (overlaps, owners) = Jaccard.Overlap(objects, BoxFormat.CenterToCorners(defaults)).max(0); // [A] each
        var noise = new Generator((ulong)seed);
        var offsets = model.Coder.Encode(objects[owners], defaults) + 0.6 * randn(model.BoxCount, 4, generator: noise);
        var labels = tensor(truths.Select(t => (long)t.Label).ToArray())[owners] + model.FirstClassScore;
        var scores = 0.7 * randn(model.BoxCount, model.ScoreCount, generator: noise);
        scores.scatter_add_(1, labels.unsqueeze(1), (10 * overlaps).unsqueeze(1));
        if (model.FirstClassScore == 1)
        {
            scores.select(1, 0).add_(4);
        }

        return (offsets.MoveToOuterDisposeScope(), scores.MoveToOuterDisposeScope());
    }
}
