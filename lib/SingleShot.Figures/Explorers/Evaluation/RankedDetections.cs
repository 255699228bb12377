using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Voc;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>The detections of one class on one picture, the surest first, and the objects that there are to find.</summary>
/// <param name="Truths">At least one.</param>
/// <param name="Detections">At least one, by falling score; of equal scores in the order given.</param>
internal sealed record RankedDetections(IReadOnlyList<GroundTruth> Truths, IReadOnlyList<DetectedObject> Detections)
{
    private static readonly int MaxDetections = CocoProtocol.DetectionLimits[^1];

    /// <summary>The overlap of each detection with each object, computed as COCO's evaluation does, to the last bit.</summary>
    public double[][] Overlaps { get; } = [.. Detections.Select(d => Truths.Select(t => CocoBox.From(d.Box).Overlap(CocoBox.From(t.Box), crowd: false)).ToArray())];

    /// <summary>Puts the detections in order.</summary>
    /// <exception cref="ArgumentException">They are not what average precision can be shown of; the message says what to do.</exception>
    public static RankedDetections Of(IReadOnlyList<GroundTruth> truths, IReadOnlyList<DetectedObject> detections)
    {
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(detections);
        Refuse(truths.Count == 0, "There is no object: without one, there is no recall.", nameof(truths));
        Refuse(detections.Count == 0, "There is no detection: at least one is needed.", nameof(detections));
        Refuse(detections.Count > MaxDetections, $"There are {detections.Count} detections; of an image and a class, COCO counts the {MaxDetections} with the highest scores. Give those.", nameof(detections));
        Refuse(truths.Any(t => t.Crowd), "An object is a crowd, which a detection can neither find nor miss. Leave it out.", nameof(truths));
        Refuse(truths.Any(t => !t.Box.IsFinite), "An object's box is not of finite numbers.", nameof(truths));
        Refuse(detections.Any(d => !d.Box.IsFinite || !double.IsFinite(d.Score)), "A detection's box or score is not of finite numbers.", nameof(detections));
        var labels = truths.Select(t => t.Label).Concat(detections.Select(d => d.Label)).Distinct().Order().ToList();
        Refuse(labels.Count > 1, $"Average precision is of one class; here are labels {string.Join(", ", labels)}. Give the objects and the detections of one label.", nameof(detections));
        return new RankedDetections(truths, [.. detections.OrderByDescending(d => d.Score)]);
    }

    /// <summary>The surest detection first, each takes the object that it overlaps best, by <paramref name="least"/> or more, of those still free.</summary>
    public IReadOnlyList<DetectionOutcome> Outcomes(double least)
    {
        var objects = new TruthState[Truths.Count]; // all free
        var owners = new int[Truths.Count];
        return [.. Overlaps.Select((row, detection) =>
        {
            var best = row.Max();
            var taken = GreedyMatching.TakeBestFree(row, least, objects).Truth;
            if (taken < 0)
            {
                return new DetectionOutcome(false, best, best, best >= least ? owners[Array.LastIndexOf(row, best)] : -1);
            }
            owners[taken] = detection;
            return new DetectionOutcome(true, best, row[taken], -1);
        })];
    }

    /// <summary>Precision and recall after each detection.</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points(IReadOnlyList<DetectionOutcome> outcomes)
    {
        var found = 0;
        return [.. outcomes.Select((outcome, i) => new PrecisionRecallPoint(
            (double)(found += outcome.Right ? 1 : 0) / Truths.Count, (double)found / (i + 1), Detections[i].Score))];
    }

    /// <summary>Their scores in COCO's evaluation.</summary>
    public CocoScores Coco() => CocoEvaluation.Evaluate(
        ["class"], [new EvaluatedImage("picture", [.. Truths.Select(t => t with { Label = 0 })], [.. Detections.Select(d => d with { Label = 0 })])]);

    private static void Refuse(bool wrong, string message, string name)
    {
        if (wrong)
        {
            throw new ArgumentException(message, name);
        }
    }
}
