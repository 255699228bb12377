namespace SingleShot.Evaluation.Voc;

/// <summary>Turns a precision-recall curve into one number, in Pascal VOC's two ways.</summary>
public static class AveragePrecision
{
    // As the kit's 0:0.1:1 comes out: 3 * .1 is a hair above .3, so that three truths found of ten do not reach it.
    private static readonly double[] Tenths = [0, .1, .2, 3 * .1, .4, .5, .6, .7, .8, .9, 1];

    /// <summary>Average precision of a curve, by whatever rule its detections were judged.</summary>
    /// <param name="points">Its points, by falling score, so that recall never falls; may be empty.</param>
    /// <param name="kind">Which of the two ways.</param>
    /// <returns>0 to 1; 0 for no points.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is neither of the two.</exception>
    public static double Of(IReadOnlyList<PrecisionRecallPoint> points, VocAveragePrecision kind)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of average precision.");
        }
        // highest[i]: the highest precision at point i or any later one; 0 past the end.
        var highest = new double[points.Count + 1];
        for (var i = points.Count - 1; i >= 0; i--)
        {
            highest[i] = Math.Max(points[i].Precision, highest[i + 1]);
        }
        return kind == VocAveragePrecision.ElevenPoint ? ElevenPoint(points, highest) : Area(points, highest);
    }

    private static double ElevenPoint(IReadOnlyList<PrecisionRecallPoint> points, double[] highest)
    {
        var (sum, at) = (0.0, 0);
        foreach (var tenth in Tenths)
        {
            while (at < points.Count && points[at].Recall < tenth)
            {
                at++;
            }
            sum += highest[at];
        }
        return sum / Tenths.Length;
    }

    private static double Area(IReadOnlyList<PrecisionRecallPoint> points, double[] highest)
    {
        var (sum, reached) = (0.0, 0.0);
        for (var i = 0; i < points.Count; i++)
        {
            sum += (points[i].Recall - reached) * highest[i];
            reached = points[i].Recall;
        }
        return sum;
    }
}
