namespace SingleShot.Evaluation.Coco;

/// <summary>Matches the detections of one class to its truths, image by image, as pycocotools' evaluateImg does.</summary>
/// <remarks>
/// Detections choose in the order of their scores, as <see cref="GreedyMatching.TakeBestFree"/> says. Taking only the best n of them
/// afterwards gives the matches of those n alone, for no detection's choice depends on a later one's.
/// </remarks>
internal sealed class CocoMatching
{
    // An overlap of 1 is asked for with this much tolerance (pycocotools).
    private const double HighestThreshold = 1 - 1e-10;

    private readonly CocoClass _class;
    private readonly double[][] _overlaps; // of each scene: [detection, truth]
    private readonly double[] _highest;    // each detection's highest overlap: below a threshold there is nothing to look for
    private readonly TruthState[] _truths; // before the first detection
    private readonly TruthState[] _scratch;

    /// <summary>Computes every overlap once.</summary>
    public CocoMatching(CocoClass of)
    {
        _class = of;
        _overlaps = new double[of.Scenes.Length][];
        _highest = new double[of.Detections.Length];
        _truths = new TruthState[of.Truths.Length];
        _scratch = new TruthState[of.Scenes.Length == 0 ? 0 : of.Scenes.Max(scene => scene.Truths)];
        for (var s = 0; s < of.Scenes.Length; s++)
        {
            var scene = of.Scenes[s];
            var overlaps = _overlaps[s] = new double[scene.Detections * scene.Truths];
            for (var d = 0; d < scene.Detections; d++)
            {
                ref readonly var detection = ref of.Detections[scene.FirstDetection + d];
                ref var highest = ref _highest[scene.FirstDetection + d];
                for (var t = 0; t < scene.Truths; t++)
                {
                    ref readonly var truth = ref of.Truths[scene.FirstTruth + t];
                    var overlap = overlaps[d * scene.Truths + t] = detection.Box.Overlap(truth.Box, truth.Crowd);
                    highest = Math.Max(highest, overlap);
                }
            }
        }
    }

    /// <summary>Judges the detections in one area range.</summary>
    /// <param name="area">The range.</param>
    /// <param name="verdicts">Where the verdicts go: [threshold, rank of the detection].</param>
    /// <returns>The number of truths that are there to be found.</returns>
    public int Match(CocoArea area, MatchVerdict[] verdicts)
    {
        var range = CocoProtocol.Range(area);
        var counted = 0;
        for (var t = 0; t < _truths.Length; t++)
        {
            ref readonly var truth = ref _class.Truths[t];
            _truths[t] = truth.Crowd ? TruthState.Crowd : IsOutside(truth.Area, range) ? TruthState.Ignored : TruthState.Free;
            counted += _truths[t] == TruthState.Free ? 1 : 0;
        }
        // Without a match a detection is wrong, or nothing that this range asks for.
        var count = _class.Detections.Length;
        for (var d = 0; d < count; d++)
        {
            verdicts[_class.Ranks[d]] = IsOutside(_class.Detections[d].Box.Area, range) ? MatchVerdict.Ignored : MatchVerdict.Wrong;
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

    private void MatchScene(in CocoScene scene, double[] overlaps, MatchVerdict[] verdicts)
    {
        var truths = _scratch.AsSpan(0, scene.Truths);
        for (var i = 0; i < CocoProtocol.OverlapThresholds.Count; i++)
        {
            _truths.AsSpan(scene.FirstTruth, scene.Truths).CopyTo(truths);
            var threshold = Math.Min(CocoProtocol.OverlapThresholds[i], HighestThreshold);
            for (var d = 0; d < scene.Detections; d++)
            {
                var detection = scene.FirstDetection + d;
                if (_highest[detection] >= threshold
                    && GreedyMatching.TakeBestFree(overlaps.AsSpan(d * truths.Length, truths.Length), threshold, truths) is { Truth: >= 0 } match)
                {
                    verdicts[i * _class.Detections.Length + _class.Ranks[detection]] = match.Verdict;
                }
            }
        }
    }

    private static bool IsOutside(double area, (double Min, double Max) range) => area < range.Min || area > range.Max;
}
