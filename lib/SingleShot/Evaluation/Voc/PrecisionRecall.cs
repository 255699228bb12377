using SingleShot.Data;
using SingleShot.Runtime;

namespace SingleShot.Evaluation.Voc;

/// <summary>Precision-recall curves, matched as Pascal VOC's development kit matches.</summary>
/// <remarks>
/// A detection belongs to the truth it overlaps most, taken or not (the first, of equals): the second to claim a truth is wrong,
/// and one on a difficult truth counts neither way. A crowd, which VOC does not have, is treated as difficult.
/// </remarks>
public static class PrecisionRecall
{
    /// <summary>The curve of each class.</summary>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">Every image of the set.</param>
    /// <param name="overlap">The least Jaccard overlap of a correct detection, above 0 up to 1.</param>
    /// <param name="kind">How the average precision is taken.</param>
    /// <returns>A curve for each class, in their order.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is out of its range, or the kind is neither of the two.</exception>
    public static IReadOnlyList<PrecisionRecallCurve> Curves(
        IReadOnlyList<string> classNames,
        IReadOnlyList<EvaluatedImage> images,
        double overlap = .5,
        VocAveragePrecision kind = VocAveragePrecision.Area)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(images);
        Checked.Positive(overlap);
        Checked.Between(overlap, 0, 1);
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of average precision.");
        }
        var scenes = ClassScene.Split(classNames.Count, images);
        var curves = new PrecisionRecallCurve[classNames.Count];
        for (var label = 0; label < curves.Length; label++)
        {
            var truths = scenes[label].Sum(scene => scene.Truths.Count(Counts));
            var points = truths > 0 ? Points(scenes[label], truths, overlap) : [];
            var average = truths > 0 ? AveragePrecision.Of(points, kind) : double.NaN;
            curves[label] = new PrecisionRecallCurve(classNames[label], points, average);
        }
        return curves;
    }

    private static List<PrecisionRecallPoint> Points(IReadOnlyList<ClassScene> scenes, int truths, double overlap)
    {
        var (scores, verdicts) = (new List<double>(), new List<bool>());
        foreach (var scene in scenes)
        {
            Match(scene, overlap, scores, verdicts);
        }
        var points = new List<PrecisionRecallPoint>(scores.Count);
        var right = 0;
        foreach (var d in Ranking.Descending([.. scores]))
        {
            right += verdicts[d] ? 1 : 0;
            points.Add(new PrecisionRecallPoint((double)right / truths, (double)right / (points.Count + 1), scores[d]));
        }
        return points;
    }

    /// <summary>Adds the score and the verdict of each detection that counts, by falling score.</summary>
    private static void Match(ClassScene scene, double threshold, List<double> scores, List<bool> verdicts)
    {
        var truths = Array.ConvertAll(scene.Truths, truth => Counts(truth) ? TruthState.Free : TruthState.Ignored);
        var overlaps = new double[truths.Length];
        foreach (var detection in scene.Detections)
        {
            for (var t = 0; t < overlaps.Length; t++)
            {
                overlaps[t] = detection.Box.Overlap(scene.Truths[t].Box);
            }
            var verdict = GreedyMatching.TakeBest(overlaps, threshold, truths).Verdict;
            if (verdict != MatchVerdict.Ignored)
            {
                scores.Add(detection.Score);
                verdicts.Add(verdict == MatchVerdict.Right);
            }
        }
    }

    /// <summary>True for a truth that has to be found.</summary>
    private static bool Counts(GroundTruth truth) => !truth.Difficult && !truth.Crowd;
}

/// <summary>How precision falls as recall rises for one class.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="Points">
/// One for each detection that counts, by falling score, precision as it is, with its teeth; empty without truths or detections.
/// </param>
/// <param name="AveragePrecision">The curve as one number, 0 to 1; NaN for a class without truths.</param>
public sealed record PrecisionRecallCurve(string ClassName, IReadOnlyList<PrecisionRecallPoint> Points, double AveragePrecision);

/// <summary>Precision and recall where detections below a score are left out.</summary>
/// <param name="Recall">The part of the truths that were found, 0 to 1.</param>
/// <param name="Precision">The part of the detections that were right, 0 to 1.</param>
/// <param name="Score">The lowest score kept.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, double Score);
