using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Detection;
using SingleShot.Evaluation.Coco;

namespace SingleShot.Evaluation.Errors;

/// <summary>What is wrong with a detector's findings, and what each kind of error costs (arXiv 2008.08115).</summary>
/// <remarks>
/// A detection is right where COCO's evaluation at overlap .50 says so (<see cref="GreedyMatching.TakeBestFree"/>).
/// </remarks>
public static class ErrorAnalysis
{
    /// <summary>From this Jaccard overlap on a box is in its place: that of AP50.</summary>
    private const double InPlace = .5;

    /// <summary>Below this Jaccard overlap a box is on the background.</summary>
    private const double OnBackground = .1;

    /// <summary>Judges each detection.</summary>
    /// <param name="images">Every image of the set.</param>
    /// <returns>The images in their order.</returns>
    /// <exception cref="ArgumentException">A score or a box is not finite.</exception>
    public static IReadOnlyList<JudgedImage> Judge(IReadOnlyList<EvaluatedImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return [.. images.Select(Judge)];
    }

    /// <summary>What each kind of error costs: AP50 with only that kind mended, less AP50 as it is.</summary>
    /// <remarks>
    /// A wrong class or place is made right where its object is still free, and else the detection goes; the other wrong detections go;
    /// missed objects are not asked for.
    /// </remarks>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">Every image of the set.</param>
    /// <returns>One for each kind, in their order; a cost is NaN where there is no object.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
    public static IReadOnlyList<ErrorCost> Costs(IReadOnlyList<string> classNames, IReadOnlyList<EvaluatedImage> images)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var now = CocoEvaluation.Evaluate(classNames, images).AP50;
        var judged = Judge(images);
        return [.. Enum.GetValues<DetectionError>().Select(error =>
        {
            var count = judged.Sum(image => error == DetectionError.Missed ? image.Missed.Count : image.Detections.Count(d => d.Error == error));
            var mended = CocoEvaluation.Evaluate(classNames, [.. judged.Select(image => Mended(image, error))]).AP50;
            return new ErrorCost(error, count, (double.IsNaN(mended) && !double.IsNaN(now) ? 1 : mended) - now); // nothing left to find: all was found
        })];
    }

    private static JudgedImage Judge(EvaluatedImage image)
    {
        image.CheckFinite();
        var truths = image.Truths;
        var objects = truths.Where(truth => !truth.Crowd).ToList();
        var states = truths.Select(truth => truth.Crowd ? TruthState.Crowd : TruthState.Free).ToArray();
        var nearlyFound = new HashSet<GroundTruth>(ReferenceEqualityComparer.Instance);
        var judged = new List<JudgedDetection>();
        foreach (var detection in image.Detections.OrderByDescending(detection => detection.Score))
        {
            double[] overlaps = [.. truths.Select(truth => truth.Label == detection.Label ? Overlap(detection, truth) : 0)];
            var match = GreedyMatching.TakeBestFree(overlaps, InPlace, states);
            if (match.Verdict == MatchVerdict.Right)
            {
                judged.Add(new JudgedDetection(detection, null, truths[match.Truth]));
            }
            else if (match.Verdict == MatchVerdict.Wrong)
            {
                var wrong = Wrong(detection, objects);
                judged.Add(wrong);
                if (wrong is { Error: DetectionError.Class or DetectionError.Place, Truth: { } truth })
                {
                    nearlyFound.Add(truth);
                }
            }
        }
        return new JudgedImage(image, judged, [.. truths.Where((truth, t) => states[t] == TruthState.Free && !nearlyFound.Contains(truth))]);
    }

    private static double Overlap(DetectedObject detection, GroundTruth truth) =>
        CocoBox.From(detection.Box).Overlap(CocoBox.From(truth.Box), truth.Crowd);

    private static JudgedDetection Wrong(DetectedObject detection, List<GroundTruth> objects)
    {
        var same = Best(objects.Where(truth => truth.Label == detection.Label), detection);
        var other = Best(objects.Where(truth => truth.Label != detection.Label), detection);
        return (same.Overlap, other.Overlap) switch
        {
            ( >= InPlace, _) => new(detection, DetectionError.Duplicate, same.Truth),
            (_, >= InPlace) => new(detection, DetectionError.Class, other.Truth),
            ( >= OnBackground, _) => new(detection, DetectionError.Place, same.Truth),
            (_, >= OnBackground) => new(detection, DetectionError.Both, other.Truth),
            _ => new(detection, DetectionError.Background, null),
        };
    }

    private static EvaluatedImage Mended(JudgedImage judged, DetectionError error)
    {
        var image = judged.Image;
        if (error == DetectionError.Missed)
        {
            var missed = new HashSet<GroundTruth>(judged.Missed, ReferenceEqualityComparer.Instance);
            return image with { Truths = [.. image.Truths.Where(truth => !missed.Contains(truth))] };
        }
        var taken = new HashSet<GroundTruth>(judged.Detections.Where(d => d.Error is null).Select(d => d.Truth!), ReferenceEqualityComparer.Instance);
        var mended = new List<DetectedObject>();
        foreach (var (detection, wrong, truth) in judged.Detections)
        {
            if (wrong != error)
            {
                mended.Add(detection);
            }
            else if (error is DetectionError.Class or DetectionError.Place && taken.Add(truth!))
            {
                mended.Add(detection with { Label = truth!.Label, Box = error == DetectionError.Place ? truth.Box : detection.Box });
            }
        }
        return image with { Detections = mended };
    }

    /// <summary>The object that a detection overlaps most: of several equal ones the last, as in COCO's evaluation.</summary>
    private static (GroundTruth? Truth, double Overlap) Best(IEnumerable<GroundTruth> truths, DetectedObject detection) =>
        truths.Reverse().Select(truth => ((GroundTruth?)truth, Overlap(detection, truth))).DefaultIfEmpty().MaxBy(pair => pair.Item2);
}

/// <summary>How often a kind of error was made, and what it costs.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Count">How many detections, or missed objects, are of it.</param>
/// <param name="Cost">By how much AP50 would be higher without them, 0 to 1. Costs do not add up: errors hide each other.</param>
public sealed record ErrorCost(DetectionError Error, int Count, double Cost);
