namespace SingleShot.Tests.Evaluation.Coco;

/// <summary>
/// COCO's evaluation of boxes loop by loop as pycocotools goes through it, slowly: every image, category and area on its own, nothing
/// kept from one to the next. Shares no code and no type with the library; -1 stands for what no truth bears on, as there.
/// </summary>
internal sealed class PlainCoco
{
    private const int T = 10, R = 101, A = 4, M = 3;

    private static readonly double[] IouThresholds = [.5, .55, .6, .65, .7, .75, .8, .85, 0.8999999999999999, .95]; // numpy.linspace(.5, .95, 10)
    private static readonly double[] RecallThresholds = [.. Enumerable.Range(0, 100).Select(i => i * .01), 1.0];    // numpy.linspace(0, 1, 101)
    private static readonly (double Min, double Max)[] Areas = [(0, 1e10), (0, 1024), (1024, 9216), (9216, 1e10)];
    private static readonly int[] MaxDetections = [1, 10, 100];

    private readonly long[] _images;
    private readonly long[] _categories;
    private readonly ILookup<(long Image, long Category), Truth> _truths;
    private readonly ILookup<(long Image, long Category), Result> _results;

    public PlainCoco(IEnumerable<long> images, IEnumerable<long> categories, IEnumerable<Truth> truths, IEnumerable<Result> results)
    {
        (_images, _categories) = ([.. images.Distinct().Order()], [.. categories.Distinct().Order()]);
        _truths = truths.ToLookup(truth => (truth.Image, truth.Category));
        _results = results.ToLookup(result => (result.Image, result.Category));
        Precision = new double[T, R, _categories.Length, A, M];
        Recall = new double[T, _categories.Length, A, M];
        for (var k = 0; k < _categories.Length; k++)
        {
            for (var a = 0; a < A; a++)
            {
                var evaluated = _images.Select(image => EvaluateImage(image, _categories[k], Areas[a])).OfType<Evaluated>().ToList();
                for (var m = 0; m < M; m++)
                {
                    Accumulate(evaluated, k, a, m);
                }
            }
        }
    }

    internal sealed record Truth(long Id, long Image, long Category, double[] Box, double Area, bool Crowd);

    internal sealed record Result(long Image, long Category, double[] Box, double Score);

    private sealed record Evaluated(double[] Scores, bool[,] Matched, bool[,] DetectionIgnored, bool[] TruthIgnored);

    public double[,,,,] Precision { get; }

    public double[,,,] Recall { get; }

    /// <summary>AP, AP50, AP75, small, medium, large; AR 1, 10, 100, small, medium, large.</summary>
    public double[] Stats() =>
    [
        MeanPrecision(0, 2), MeanPrecision(0, 2, .5), MeanPrecision(0, 2, .75), MeanPrecision(1, 2), MeanPrecision(2, 2), MeanPrecision(3, 2),
        MeanRecall(0, 0), MeanRecall(0, 1), MeanRecall(0, 2), MeanRecall(1, 2), MeanRecall(2, 2), MeanRecall(3, 2),
    ];

    private Evaluated? EvaluateImage(long image, long category, (double Min, double Max) range)
    {
        var truths = _truths[(image, category)].ToArray();
        var results = _results[(image, category)].ToArray();
        if (truths.Length == 0 && results.Length == 0)
        {
            return null;
        }
        var ignore = new Dictionary<Truth, bool>();
        foreach (var truth in truths)
        {
            ignore[truth] = truth.Crowd || truth.Area < range.Min || truth.Area > range.Max;
        }
        // LINQ's sorts keep the order of equals, as a merge sort does.
        truths = [.. truths.OrderBy(truth => ignore[truth] ? 1 : 0)];
        results = [.. results.OrderBy(result => -result.Score).Take(MaxDetections[^1])];
        var truthTaken = new bool[T, truths.Length];
        var matched = new bool[T, results.Length];
        var ignored = new bool[T, results.Length];
        for (var t = 0; t < T; t++)
        {
            for (var d = 0; d < results.Length; d++)
            {
                var least = Math.Min(IouThresholds[t], 1 - 1e-10);
                var match = -1;
                for (var g = 0; g < truths.Length; g++)
                {
                    if (truthTaken[t, g] && !truths[g].Crowd)
                    {
                        continue;
                    }
                    if (match > -1 && !ignore[truths[match]] && ignore[truths[g]])
                    {
                        break;
                    }
                    var overlap = Overlap(results[d].Box, truths[g].Box, truths[g].Crowd);
                    if (overlap < least)
                    {
                        continue;
                    }
                    least = overlap;
                    match = g;
                }
                if (match == -1)
                {
                    continue;
                }
                ignored[t, d] = ignore[truths[match]];
                matched[t, d] = true;
                truthTaken[t, match] = true;
            }
        }
        for (var t = 0; t < T; t++)
        {
            for (var d = 0; d < results.Length; d++)
            {
                var area = results[d].Box[2] * results[d].Box[3];
                if (!matched[t, d] && (area < range.Min || area > range.Max))
                {
                    ignored[t, d] = true;
                }
            }
        }
        return new Evaluated(
            [.. results.Select(result => result.Score)], matched, ignored, [.. truths.Select(truth => ignore[truth])]);
    }

    private static double Overlap(double[] d, double[] g, bool crowd)
    {
        var width = Math.Min(d[2] + d[0], g[2] + g[0]) - Math.Max(d[0], g[0]);
        if (width <= 0)
        {
            return 0;
        }
        var height = Math.Min(d[3] + d[1], g[3] + g[1]) - Math.Max(d[1], g[1]);
        if (height <= 0)
        {
            return 0;
        }
        var intersection = width * height;
        var union = crowd ? d[2] * d[3] : d[2] * d[3] + g[2] * g[3] - intersection;
        return intersection / union;
    }

    private void Accumulate(List<Evaluated> evaluated, int k, int a, int m)
    {
        var truthCount = evaluated.Sum(image => image.TruthIgnored.Count(ignored => !ignored));
        var all = new List<(double Score, Evaluated Image, int Place)>();
        foreach (var image in evaluated)
        {
            for (var d = 0; d < Math.Min(image.Scores.Length, MaxDetections[m]); d++)
            {
                all.Add((image.Scores[d], image, d));
            }
        }
        var ranked = all.OrderBy(item => -item.Score).ToArray();
        for (var t = 0; t < T; t++)
        {
            if (truthCount == 0)
            {
                Recall[t, k, a, m] = -1;
                for (var r = 0; r < R; r++)
                {
                    Precision[t, r, k, a, m] = -1;
                }
                continue;
            }
            var recall = new double[ranked.Length];
            var precision = new double[ranked.Length];
            var (right, wrong) = (0.0, 0.0);
            for (var i = 0; i < ranked.Length; i++)
            {
                var (_, image, place) = ranked[i];
                if (!image.DetectionIgnored[t, place])
                {
                    right += image.Matched[t, place] ? 1 : 0;
                    wrong += image.Matched[t, place] ? 0 : 1;
                }
                recall[i] = right / truthCount;
                precision[i] = right / (wrong + right + 2.220446049250313e-16);
            }
            Recall[t, k, a, m] = ranked.Length > 0 ? recall[^1] : 0;
            for (var i = ranked.Length - 1; i > 0; i--)
            {
                if (precision[i] > precision[i - 1])
                {
                    precision[i - 1] = precision[i];
                }
            }
            for (var r = 0; r < R; r++)
            {
                var at = Array.FindIndex(recall, value => value >= RecallThresholds[r]);
                Precision[t, r, k, a, m] = at < 0 ? 0 : precision[at];
            }
        }
    }

    private double MeanPrecision(int a, int m, double? overlap = null)
    {
        var values = new List<double>();
        for (var t = 0; t < T; t++)
        {
            for (var r = 0; r < R; r++)
            {
                for (var k = 0; k < _categories.Length; k++)
                {
                    if (Precision[t, r, k, a, m] > -1 && (overlap is null || IouThresholds[t] == overlap))
                    {
                        values.Add(Precision[t, r, k, a, m]);
                    }
                }
            }
        }
        return values.Count == 0 ? -1 : values.Average();
    }

    private double MeanRecall(int a, int m)
    {
        var values = new List<double>();
        for (var t = 0; t < T; t++)
        {
            for (var k = 0; k < _categories.Length; k++)
            {
                if (Recall[t, k, a, m] > -1)
                {
                    values.Add(Recall[t, k, a, m]);
                }
            }
        }
        return values.Count == 0 ? -1 : values.Average();
    }
}
