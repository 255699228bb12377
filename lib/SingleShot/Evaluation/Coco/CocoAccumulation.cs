namespace SingleShot.Evaluation.Coco;

/// <summary>Precision and recall of one class, as pycocotools' accumulate has them.</summary>
internal sealed class CocoAccumulation
{
    // numpy.spacing(1), there to keep 0/0 away.
    private static readonly double Epsilon = Math.BitIncrement(1.0) - 1;

    private readonly int[][] _ranks; // of each limit: the ranks of the detections within it, rising
    private readonly MatchVerdict[] _verdicts;
    private readonly double[] _precisions;
    private readonly double[] _recalls;
    private readonly int _count;

    private CocoAccumulation(CocoClass of)
    {
        _count = of.Detections.Length;
        _verdicts = new MatchVerdict[CocoProtocol.OverlapThresholds.Count * _count];
        (_precisions, _recalls) = (new double[_count], new double[_count]);
        var placesByRank = new int[_count];
        for (var d = 0; d < _count; d++)
        {
            placesByRank[of.Ranks[d]] = of.Places[d];
        }
        _ranks = [.. CocoProtocol.DetectionLimits.Select(limit => Enumerable.Range(0, _count).Where(rank => placesByRank[rank] < limit).ToArray())];
    }

    /// <summary>Writes a class's numbers to the arrays; leaves what has no truths as it is.</summary>
    public static void Run(CocoClass of, int label, CocoCurves curves)
    {
        var matching = new CocoMatching(of);
        var accumulation = new CocoAccumulation(of);
        foreach (var area in CocoProtocol.Areas)
        {
            var truths = matching.Match(area, accumulation._verdicts);
            for (var m = 0; truths > 0 && m < CocoProtocol.DetectionLimits.Count; m++)
            {
                for (var t = 0; t < CocoProtocol.OverlapThresholds.Count; t++)
                {
                    accumulation.Accumulate(t, m, truths, curves.PrecisionRow(t, label, area, m), out curves.RecallCell(t, label, area, m));
                }
            }
        }
    }

    private void Accumulate(int threshold, int limit, int truths, Span<double> precision, out double recall)
    {
        var (right, wrong, count) = (0, 0, 0);
        var verdicts = _verdicts.AsSpan(threshold * _count, _count);
        foreach (var rank in _ranks[limit])
        {
            if (verdicts[rank] == MatchVerdict.Ignored)
            {
                continue;
            }
            _ = verdicts[rank] == MatchVerdict.Right ? right++ : wrong++;
            _recalls[count] = (double)right / truths;
            _precisions[count++] = right / (wrong + right + Epsilon);
        }
        recall = (double)right / truths;

        // Precision is read as the highest at this recall or any beyond it; where recall is not reached, it is 0.
        for (var i = count - 1; i > 0; i--)
        {
            _precisions[i - 1] = Math.Max(_precisions[i - 1], _precisions[i]);
        }
        var at = 0;
        for (var r = 0; r < precision.Length; r++)
        {
            while (at < count && _recalls[at] < CocoProtocol.RecallThresholds[r])
            {
                at++;
            }
            precision[r] = at < count ? _precisions[at] : 0;
        }
    }
}
