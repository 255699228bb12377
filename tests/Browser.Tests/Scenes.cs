using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
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

    /// <summary>Five objects of one class on a picture of 530 x 180, and the ten detections of them that lesson 7 works out by hand.</summary>
    public static (GroundTruth[] Truths, DetectedObject[] Detections) Ten()
    {
        GroundTruth[] truths = [.. Enumerable.Range(0, 5).Select(i => new GroundTruth(BoundingBox.FromSize(24 + 100 * i, 24, 60, 60), 0))];
        BoundingBox Near(int truth, double right, double down) => truths[truth].Box.Shift(right, down);
        BoundingBox[] places =
        [
            Near(0, 3, 2), Near(1, -4, 3), Near(0, -6, -6), Near(2, 2, -5), Near(3, 30, 22),
            BoundingBox.FromSize(70, 120, 50, 40), Near(3, -3, 4), Near(4, -34, -14),
            BoundingBox.FromSize(240, 125, 60, 40), BoundingBox.FromSize(420, 118, 45, 45),
        ];
        return (truths, [.. places.Select((box, i) => new DetectedObject(box, 0, "thing", 0.95 - 0.08 * i))]);
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
