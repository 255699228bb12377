namespace SingleShot.Evaluation.Coco;

/// <summary>Matches the detections of one class to its truths, image by image, as pycocotools' evaluateImg does.</summary>
/// <remarks>
/// Detections choose in the order of their scores, each the free truth it overlaps most. Taking only the best n detections
/// afterwards gives the matches of those n alone, for no detection's choice depends on a later one's.
/// </remarks>
internal sealed class CocoMatching
{
    // An overlap of 1 is asked for with this much tolerance (pycocotools).
    private const double HighestThreshold = 1 - 1e-10;

    private readonly CocoClass _class;
    private readonly double[][] _overlaps; // of each scene: [detection, truth]
    private readonly double[] _highest;    // each detection's highest overlap: below a threshold there is nothing to look for
    private readonly bool[] _ignored;
    private readonly int[] _takenIn;       // the round in which a truth was last taken
    private readonly int[] _order;
    private int _round;

    /// <summary>Computes every overlap once.</summary>
    public CocoMatching(CocoClass of)
    {
        _class = of;
        _overlaps = new double[of.Scenes.Length][];
        _highest = new double[of.Found.Length];
        (_ignored, _takenIn) = (new bool[of.Truths.Length], new int[of.Truths.Length]);
        _order = new int[of.Scenes.Length == 0 ? 0 : of.Scenes.Max(scene => scene.Truths)];
        for (var s = 0; s < of.Scenes.Length; s++)
        {
            var scene = of.Scenes[s];
            var overlaps = _overlaps[s] = new double[scene.Found * scene.Truths];
            for (var d = 0; d < scene.Found; d++)
            {
                ref readonly var found = ref of.Found[scene.FirstFound + d];
                ref var highest = ref _highest[scene.FirstFound + d];
                for (var t = 0; t < scene.Truths; t++)
                {
                    ref readonly var truth = ref of.Truths[scene.FirstTruth + t];
                    var overlap = overlaps[d * scene.Truths + t] = found.Box.Overlap(truth.Box, truth.Crowd);
                    highest = Math.Max(highest, overlap);
                }
            }
        }
    }

    /// <summary>Judges the detections in one area range.</summary>
    /// <param name="area">The range.</param>
    /// <param name="verdicts">Where the verdicts go: [threshold, rank of the detection].</param>
    /// <returns>The number of truths that are there to be found.</returns>
    public int Match(CocoArea area, CocoVerdict[] verdicts)
    {
        var range = CocoProtocol.Range(area);
        var counted = 0;
        for (var t = 0; t < _ignored.Length; t++)
        {
            _ignored[t] = _class.Truths[t].Crowd || IsOutside(_class.Truths[t].Area, range);
            counted += _ignored[t] ? 0 : 1;
        }
        // Without a match a detection is wrong, or nothing that this range asks for.
        var count = _class.Found.Length;
        for (var d = 0; d < count; d++)
        {
            verdicts[_class.Ranks[d]] = IsOutside(_class.Found[d].Box.Area, range) ? CocoVerdict.Ignored : CocoVerdict.Wrong;
        }
        for (var i = 1; i < CocoProtocol.OverlapThresholds.Count; i++)
        {
            verdicts.AsSpan(0, count).CopyTo(verdicts.AsSpan(i * count));
        }
        for (var s = 0; s < _overlaps.Length; s++)
        {
            MatchScene(_class.Scenes[s], _overlaps[s], verdicts);
        }
        return counted;
    }

    private void MatchScene(in CocoScene scene, double[] overlaps, CocoVerdict[] verdicts)
    {
        var order = Order(scene);
        for (var i = 0; i < CocoProtocol.OverlapThresholds.Count; i++)
        {
            _round++;
            var threshold = Math.Min(CocoProtocol.OverlapThresholds[i], HighestThreshold);
            for (var d = 0; d < scene.Found; d++)
            {
                if (_highest[scene.FirstFound + d] < threshold)
                {
                    continue;
                }
                var match = Choose(scene.FirstTruth, order, overlaps.AsSpan(d * order.Length, order.Length), threshold);
                if (match >= 0)
                {
                    _takenIn[match] = _round;
                    var rank = _class.Ranks[scene.FirstFound + d];
                    verdicts[i * _class.Found.Length + rank] = _ignored[match] ? CocoVerdict.Ignored : CocoVerdict.Right;
                }
            }
        }
    }

    /// <summary>The scene's truths, those that count first, the ignored ones last, each in their own order.</summary>
    private ReadOnlySpan<int> Order(in CocoScene scene)
    {
        var next = 0;
        foreach (var ignored in (ReadOnlySpan<bool>)[false, true])
        {
            for (var t = 0; t < scene.Truths; t++)
            {
                if (_ignored[scene.FirstTruth + t] == ignored)
                {
                    _order[next++] = t;
                }
            }
        }
        return _order.AsSpan(0, next);
    }

    private int Choose(int firstTruth, ReadOnlySpan<int> order, ReadOnlySpan<double> overlaps, double threshold)
    {
        var best = -1;
        foreach (var t in order)
        {
            var truth = firstTruth + t;
            if (_takenIn[truth] == _round && !_class.Truths[truth].Crowd)
            {
                continue;
            }
            if (best >= 0 && !_ignored[best] && _ignored[truth])
            {
                break; // a truth that counts is not given up for one that does not, however well that fits
            }
            if (overlaps[t] >= threshold)
            {
                (threshold, best) = (overlaps[t], truth); // of equal overlaps the later truth wins
            }
        }
        return best;
    }

    private static bool IsOutside(double area, (double Least, double Most) range) => area < range.Least || area > range.Most;
}

/// <summary>What a detection counts as at one overlap and in one area range.</summary>
internal enum CocoVerdict : byte
{
    /// <summary>A false positive.</summary>
    Wrong,

    /// <summary>A true positive.</summary>
    Right,

    /// <summary>Neither: on a crowd, or on nothing or something outside the area range.</summary>
    Ignored,
}
