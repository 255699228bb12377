namespace SingleShot.Evaluation;

/// <summary>Precision and recall of one class, as pycocotools' accumulate has them.</summary>
internal sealed class CocoAccumulation
{
    // numpy.spacing(1), there to keep 0/0 away.
    private static readonly double Epsilon = Math.BitIncrement(1.0) - 1;

    private readonly CocoMatching[] _matchings;
    private readonly int[] _firsts;     // column of each scene's first detection
    private readonly int[] _places;     // place of each detection in its own scene
    private readonly int[] _order;      // detections by score, over all scenes
    private readonly CocoVerdict[] _verdicts;
    private readonly double[] _precisions;
    private readonly double[] _recalls;

    private CocoAccumulation(IReadOnlyList<ClassScene> scenes)
    {
        var limit = CocoProtocol.DetectionLimits[^1];
        _matchings = new CocoMatching[scenes.Count];
        _firsts = new int[scenes.Count];
        var scores = new List<double>();
        var places = new List<int>();
        for (var s = 0; s < scenes.Count; s++)
        {
            _firsts[s] = scores.Count;
            _matchings[s] = new CocoMatching(scenes[s], limit);
            for (var d = 0; d < Math.Min(limit, scenes[s].Detections.Length); d++)
            {
                scores.Add(scenes[s].Detections[d].Score);
                places.Add(d);
            }
        }
        _order = Ranking.Descending([.. scores]);
        _places = [.. places];
        _verdicts = new CocoVerdict[CocoProtocol.OverlapThresholds.Count * scores.Count];
        (_precisions, _recalls) = (new double[scores.Count], new double[scores.Count]);
    }

    /// <summary>Writes a class's numbers to the scores' arrays; leaves what has no truths as it is.</summary>
    public static void Run(IReadOnlyList<ClassScene> scenes, int label, CocoCurves curves)
    {
        var accumulation = new CocoAccumulation(scenes);
        foreach (var area in CocoProtocol.Areas)
        {
            var truths = 0;
            for (var s = 0; s < scenes.Count; s++)
            {
                truths += accumulation._matchings[s].Match(
                    area, accumulation._verdicts, accumulation._firsts[s], accumulation._order.Length);
            }
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
        var row = threshold * _order.Length;
        foreach (var d in _order)
        {
            if (_places[d] >= CocoProtocol.DetectionLimits[limit] || _verdicts[row + d] == CocoVerdict.Ignored)
            {
                continue;
            }
            _ = _verdicts[row + d] == CocoVerdict.Right ? right++ : wrong++;
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
