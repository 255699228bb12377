using CsCheck;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Evaluation;

namespace SingleShot.Tests.Evaluation;

/// <summary>Truths, detections and images, written briefly or drawn at random.</summary>
internal static class Scenes
{
    public static GroundTruth Truth(double x, double y, double width, double height, int label = 0) => new(BoundingBox.FromSize(x, y, width, height), label);

    public static DetectedObject Found(double score, double x, double y, double width, double height, int label = 0) =>
        new(BoundingBox.FromSize(x, y, width, height), label, $"class {label}", score);

    public static EvaluatedImage Image(string id, GroundTruth[] truths, params DetectedObject[] detections) => new(id, truths, detections);

    public static string[] Names(int classes) => [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];

    /// <summary>Images whose detections are truths moved a little, with coarse scores that tie often, crowds and every size.</summary>
    public static EvaluatedImage[] Random(int seed, int images, int classes, int truths, int detections, bool coarse)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, images).Select(i => RandomImage(random, $"{i:0000}", classes, random.Next(truths + 1), random.Next(detections + 1), coarse))];
    }

    public static Gen<EvaluatedImage[]> Any { get; } =
        from seed in Gen.Int[0, int.MaxValue - 1]
        from images in Gen.Int[1, 6]
        from classes in Gen.Int[1, 3]
        from truths in Gen.Int[0, 8]
        from detections in Gen.Int[0, 14]
        from coarse in Gen.Bool
        select Random(seed, images, classes, truths, detections, coarse);

    private static EvaluatedImage RandomImage(Random random, string id, int classes, int truthCount, int detectionCount, bool coarse)
    {
        var truths = new GroundTruth[truthCount];
        for (var i = 0; i < truthCount; i++)
        {
            var (width, height) = (Size(random), Size(random));
            var truth = Truth(random.Next(200), random.Next(200), width, height, random.Next(classes));
            truths[i] = truth with
            {
                Crowd = random.Next(6) == 0,
                Difficult = random.Next(6) == 0,
                Area = random.Next(3) == 0 ? 1024 : truth.Box.Area * (.5 + random.NextDouble() / 2),
            };
        }
        var detections = new DetectedObject[detectionCount];
        for (var i = 0; i < detectionCount; i++)
        {
            var score = coarse ? random.Next(4) / 4.0 : random.NextDouble();
            var near = truthCount > 0 && random.Next(4) > 0 ? truths[random.Next(truthCount)] : null;
            var spread = random.Next(3) == 0 ? 0 : .15;
            detections[i] = near is null
                ? Found(score, random.Next(200), random.Next(200), Size(random), Size(random), random.Next(classes))
                : Found(
                    score, near.Box.Left + Jitter(near.Box.Width), near.Box.Top + Jitter(near.Box.Height),
                    near.Box.Width + Jitter(near.Box.Width), near.Box.Height + Jitter(near.Box.Height), near.Label);

            double Jitter(double size) => Math.Round((random.NextDouble() - .5) * 2 * spread * size);
        }
        return new EvaluatedImage(id, truths, detections);
    }

    private static double Size(Random random) => random.Next(3) switch { 0 => random.Next(4, 33), 1 => random.Next(32, 97), _ => random.Next(96, 200) };
}
