namespace SingleShot.Evaluation;

/// <summary>Matches the detections of one class in one image to its truths, as pycocotools' evaluateImg does.</summary>
/// <remarks>
/// Detections choose in the order of their scores, each the free truth it overlaps most. Taking only the best n detections
/// afterwards gives the matches of those n alone, for no detection's choice depends on a later one's.
/// </remarks>
internal sealed class CocoMatching
{
    // An overlap of 1 is asked for with this much tolerance (pycocotools).
    private const double HighestThreshold = 1 - 1e-10;

    private readonly ClassScene _scene;
    private readonly int _detections;
    private readonly double[] _overlaps; // [detection, truth]
    private readonly int[] _order;
    private readonly bool[] _ignored;
    private readonly bool[] _taken;

    /// <summary>Prepares a scene: computes every overlap once.</summary>
    public CocoMatching(ClassScene scene, int limit)
    {
        _scene = scene;
        _detections = Math.Min(limit, scene.Detections.Length);
        var truths = scene.Truths.Length;
        (_order, _ignored, _taken) = (new int[truths], new bool[truths], new bool[truths]);
        _overlaps = new double[_detections * truths];
        for (var d = 0; d < _detections; d++)
        {
            for (var t = 0; t < truths; t++)
            {
                _overlaps[d * truths + t] = CocoOverlap.Of(scene.Detections[d].Box, scene.Truths[t]);
            }
        }
    }

    /// <summary>Judges the detections in one area range.</summary>
    /// <param name="area">The range.</param>
    /// <param name="verdicts">Where the verdicts go: [threshold, detection], <paramref name="stride"/> detections a row.</param>
    /// <param name="first">The column of this scene's first detection.</param>
    /// <param name="stride">The number of columns.</param>
    /// <returns>The number of truths that are there to be found.</returns>
    public int Match(CocoArea area, CocoVerdict[] verdicts, int first, int stride)
    {
        var range = CocoProtocol.Range(area);
        var counted = Order(range);
        for (var i = 0; i < CocoProtocol.OverlapThresholds.Count; i++)
        {
            Array.Clear(_taken);
            var threshold = Math.Min(CocoProtocol.OverlapThresholds[i], HighestThreshold);
            for (var d = 0; d < _detections; d++)
            {
                var match = Choose(d, threshold);
                if (match >= 0)
                {
                    _taken[match] = true;
                }
                var box = _scene.Detections[d].Box;
                var ignored = match >= 0 ? _ignored[match] : IsOutside(box.Width * box.Height, range);
                verdicts[i * stride + first + d] = ignored ? CocoVerdict.Ignored : match >= 0 ? CocoVerdict.Right : CocoVerdict.Wrong;
            }
        }
        return counted;
    }

    /// <summary>Puts the truths that count first, the ignored ones last, each in their own order.</summary>
    private int Order((double Least, double Most) range)
    {
        var counted = 0;
        for (var t = 0; t < _order.Length; t++)
        {
            _ignored[t] = _scene.Truths[t].Crowd || IsOutside(_scene.Truths[t].Area, range);
            if (!_ignored[t])
            {
                _order[counted++] = t;
            }
        }
        for (int t = 0, next = counted; t < _order.Length; t++)
        {
            if (_ignored[t])
            {
                _order[next++] = t;
            }
        }
        return counted;
    }

    private int Choose(int detection, double threshold)
    {
        var best = -1;
        foreach (var truth in _order)
        {
            if (_taken[truth] && !_scene.Truths[truth].Crowd)
            {
                continue;
            }
            if (best >= 0 && !_ignored[best] && _ignored[truth])
            {
                break; // a truth that counts is not given up for one that does not, however well that fits
            }
            var overlap = _overlaps[detection * _order.Length + truth];
            if (overlap >= threshold)
            {
                (threshold, best) = (overlap, truth); // of equal overlaps the later truth wins
            }
        }
        return best;
    }

    private static bool IsOutside(double area, (double Least, double Most) range) => area < range.Least || area > range.Most;
}
