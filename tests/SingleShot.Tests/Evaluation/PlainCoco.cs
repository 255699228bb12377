using SingleShot.Data;
using SingleShot.Evaluation;

namespace SingleShot.Tests.Evaluation;

/// <summary>
/// COCO's evaluation step by step as pycocotools words it, slowly: matching anew for each threshold, area and limit, one list
/// of detections per cell. Shares no code with the library but its records.
/// </summary>
internal static class PlainCoco
{
    private static readonly double[] Least = [0, 0, 1024, 9216];
    private static readonly double[] Most = [1e10, 1024, 9216, 1e10];

    /// <summary>The precision at 101 recalls, and the recall reached; null where no truth counts.</summary>
    public static (double[] Precision, double Recall)? Cell(IReadOnlyList<EvaluatedImage> images, int label, int threshold, int area, int limit)
    {
        var all = new List<(double Score, bool Matched, bool Ignored)>();
        var truthsToFind = 0;
        foreach (var image in images)
        {
            var truths = image.Truths.Where(t => t.Label == label).OrderBy(t => Ignored(t, area)).ToArray();
            var detections = image.Detections.Where(d => d.Label == label).OrderByDescending(d => d.Score).Take(limit).ToArray();
            truthsToFind += truths.Count(t => !Ignored(t, area));
            var usedUp = new HashSet<int>();
            foreach (var detection in detections)
            {
                var match = Best(detection, truths, usedUp, .5 + .05 * threshold, area);
                if (match is { } m)
                {
                    usedUp.Add(m);
                    all.Add((detection.Score, true, Ignored(truths[m], area)));
                }
                else
                {
                    var size = detection.Box.Width * detection.Box.Height;
                    all.Add((detection.Score, false, size < Least[area] || size > Most[area]));
                }
            }
        }
        return truthsToFind == 0 ? null : Curve([.. all.OrderByDescending(d => d.Score)], truthsToFind);
    }

    private static bool Ignored(GroundTruth truth, int area) => truth.Crowd || truth.Area < Least[area] || truth.Area > Most[area];

    private static int? Best(SingleShot.Detection.Detection detection, GroundTruth[] truths, HashSet<int> usedUp, double threshold, int area)
    {
        var free = Enumerable.Range(0, truths.Length)
            .Where(g => truths[g].Crowd || !usedUp.Contains(g))
            .Select(g => (Index: g, Overlap: Overlap(detection, truths[g])))
            .Where(g => g.Overlap >= Math.Min(threshold, 1 - 1e-10))
            .ToArray();
        var counting = free.Where(g => !Ignored(truths[g.Index], area)).ToArray();
        var candidates = counting.Length > 0 ? counting : free;
        return candidates.Length == 0 ? null : candidates.Where(g => g.Overlap == candidates.Max(c => c.Overlap)).Last().Index;
    }

    private static double Overlap(SingleShot.Detection.Detection detection, GroundTruth truth)
    {
        var (d, g) = (detection.Box, truth.Box);
        var width = Math.Max(0, Math.Min(d.Right, g.Right) - Math.Max(d.Left, g.Left));
        var height = Math.Max(0, Math.Min(d.Bottom, g.Bottom) - Math.Max(d.Top, g.Top));
        var union = truth.Crowd ? d.Width * d.Height : d.Width * d.Height + g.Width * g.Height - width * height;
        return width * height == 0 ? 0 : width * height / union;
    }

    private static (double[], double) Curve((double Score, bool Matched, bool Ignored)[] ranked, int truths)
    {
        var recall = new double[ranked.Length];
        var precision = new double[ranked.Length];
        for (var i = 0; i < ranked.Length; i++)
        {
            var right = ranked.Take(i + 1).Count(d => d.Matched && !d.Ignored);
            var wrong = ranked.Take(i + 1).Count(d => !d.Matched && !d.Ignored);
            (recall[i], precision[i]) = ((double)right / truths, right / (wrong + right + 2.220446049250313e-16));
        }
        var read = new double[101];
        for (var r = 0; r < 101; r++)
        {
            var at = Array.FindIndex(recall, value => value >= r * .01);
            read[r] = at < 0 ? 0 : precision.Skip(at).Max();
        }
        return (read, ranked.Length == 0 ? 0 : recall[^1]);
    }
}
