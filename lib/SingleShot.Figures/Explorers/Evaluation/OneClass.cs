using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Drawing;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>The objects of one class on one picture, and what was found of them.</summary>
/// <param name="Truths">At least one.</param>
/// <param name="Detections">At least one, by falling score; of equal scores in the order given.</param>
internal sealed record OneClass(IReadOnlyList<GroundTruth> Truths, IReadOnlyList<Detection.Detection> Detections)
{
    private static readonly int Most = CocoProtocol.DetectionLimits[^1];

    /// <summary>For each detection its overlap with each object, to the last bit as COCO's evaluation has it.</summary>
    public double[][] Overlaps { get; } = [.. Detections.Select(d => Truths.Select(t => CocoBox.From(d.Box).Overlap(CocoBox.From(t.Box), crowd: false)).ToArray())];

    /// <summary>Ranks the detections.</summary>
    /// <exception cref="ArgumentException">They are not what average precision can be shown of; the message says what to do.</exception>
    public static OneClass Of(IReadOnlyList<GroundTruth> truths, IReadOnlyList<Detection.Detection> detections)
    {
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(detections);
        Refuse(truths.Count == 0, "There is no object: without one, there is no recall.", nameof(truths));
        Refuse(detections.Count == 0, "There is no detection: at least one is needed.", nameof(detections));
        Refuse(detections.Count > Most, $"There are {detections.Count} detections; of an image and a class, COCO counts the {Most} surest. Give those.", nameof(detections));
        Refuse(truths.Any(t => t.Crowd), "An object is a crowd, which a detection can neither find nor miss. Leave it out.", nameof(truths));
        Refuse(truths.Any(t => !PictureView.IsFinite(t.Box)), "An object's box is not of finite numbers.", nameof(truths));
        Refuse(detections.Any(d => !PictureView.IsFinite(d.Box) || !double.IsFinite(d.Score)), "A detection's box or score is not of finite numbers.", nameof(detections));
        var labels = truths.Select(t => t.Label).Concat(detections.Select(d => d.Label)).Distinct().Order().ToList();
        Refuse(labels.Count > 1, $"Average precision is of one class; here are labels {string.Join(", ", labels)}. Give the objects and the detections of one label.", nameof(detections));
        return new OneClass(truths, [.. detections.OrderByDescending(d => d.Score)]);
    }

    /// <summary>Going down the scores, each detection takes the object that it overlaps best, by <paramref name="least"/> or more, of those still free.</summary>
    public IReadOnlyList<Claim> Claims(double least)
    {
        var owners = new int[Truths.Count];
        Array.Fill(owners, -1);
        return [.. Overlaps.Select((row, detection) =>
        {
            var (taken, overlap) = (-1, least);
            for (var t = 0; t < row.Length; t++)
            {
                (taken, overlap) = row[t] >= overlap && owners[t] < 0 ? (t, row[t]) : (taken, overlap); // of equal ones the last
            }

            var best = row.Max();
            if (taken < 0)
            {
                return new Claim(false, best, best, best >= least ? owners[Array.LastIndexOf(row, best)] : -1);
            }

            owners[taken] = detection;
            return new Claim(true, best, overlap, -1);
        })];
    }

    /// <summary>Precision and recall after each detection.</summary>
    public IReadOnlyList<PrecisionRecallPoint> Points(IReadOnlyList<Claim> claims)
    {
        var found = 0;
        return [.. claims.Select((claim, i) => new PrecisionRecallPoint(
            (double)(found += claim.Right ? 1 : 0) / Truths.Count, (double)found / (i + 1), Detections[i].Score))];
    }

    /// <summary>What COCO's evaluation makes of them.</summary>
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
