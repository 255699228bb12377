using SingleShot.Boxes;
using SingleShot.Evaluation;

namespace SingleShot.Tests.Evaluation.Voc;

/// <summary>
/// Average precision step by step as the VOC development kit takes it: boxes with inclusive pixels from 1, so that widths are
/// right - left + 1, and detections on difficult truths kept in the list as neither right nor wrong.
/// </summary>
internal static class PlainVoc
{
    private static readonly double[] Recalls = [0, .1, .2, 0.30000000000000004, .4, .5, .6, .7, .8, .9, 1];

    public static double Evaluate(IReadOnlyList<EvaluatedImage> images, int label, double least, bool elevenPoint)
    {
        var truths = images.Select(image => image.Truths.Where(truth => truth.Label == label).ToArray()).ToArray();
        var taken = truths.Select(list => new bool[list.Length]).ToArray();
        var positives = truths.Sum(list => list.Count(truth => !truth.Difficult));
        var detections = images.SelectMany((image, index) => image.Detections.Where(found => found.Label == label).Select(found => (index, found)))
            .OrderByDescending(item => item.found.Score).ToArray();
        var (right, wrong) = (0.0, 0.0);
        var (recall, precision) = (new List<double>(), new List<double>());
        foreach (var (image, found) in detections)
        {
            var (most, best) = (double.NegativeInfinity, -1);
            for (var j = 0; j < truths[image].Length; j++)
            {
                var (d, g) = (Kit(found.Box), Kit(truths[image][j].Box));
                var width = Math.Min(d.Right, g.Right) - Math.Max(d.Left, g.Left) + 1;
                var height = Math.Min(d.Bottom, g.Bottom) - Math.Max(d.Top, g.Top) + 1;
                if (width > 0 && height > 0)
                {
                    var union = (d.Right - d.Left + 1) * (d.Bottom - d.Top + 1) + (g.Right - g.Left + 1) * (g.Bottom - g.Top + 1) - width * height;
                    var overlap = width * height / union;
                    if (overlap > most)
                    {
                        (most, best) = (overlap, j);
                    }
                }
            }
            if (most >= least)
            {
                if (!truths[image][best].Difficult)
                {
                    (right, wrong) = taken[image][best] ? (right, wrong + 1) : (right + 1, wrong);
                    taken[image][best] = true;
                }
            }
            else
            {
                wrong++;
            }
            recall.Add(right / positives);
            precision.Add(right + wrong > 0 ? right / (right + wrong) : 0);
        }
        return positives == 0 ? double.NaN : elevenPoint ? ElevenPoint(recall, precision) : Area(recall, precision);
    }

    private static BoundingBox Kit(BoundingBox box) => new(box.Left + 1, box.Top + 1, box.Right, box.Bottom);

    private static double ElevenPoint(List<double> recall, List<double> precision)
    {
        var average = 0.0;
        foreach (var least in Recalls)
        {
            var reached = precision.Where((_, i) => recall[i] >= least).ToArray();
            average += (reached.Length == 0 ? 0 : reached.Max()) / 11;
        }
        return average;
    }

    private static double Area(List<double> recall, List<double> precision)
    {
        double[] r = [0, .. recall, 1];
        double[] p = [0, .. precision, 0];
        for (var i = p.Length - 2; i >= 0; i--)
        {
            p[i] = Math.Max(p[i], p[i + 1]);
        }
        var area = 0.0;
        for (var i = 1; i < r.Length; i++)
        {
            area += (r[i] - r[i - 1]) * p[i];
        }
        return area;
    }
}
