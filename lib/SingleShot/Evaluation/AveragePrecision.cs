namespace SingleShot.Evaluation;

/// <summary>One number for a precision-recall curve, in Pascal VOC's two ways.</summary>
internal static class AveragePrecision
{
    /// <summary>Average precision of points whose recall never falls; 0 for no points.</summary>
    public static double Of(IReadOnlyList<PrecisionRecallPoint> points, VocAveragePrecision kind)
    {
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
        for (var tenth = 0; tenth <= 10; tenth++)
        {
            while (at < points.Count && points[at].Recall < tenth / 10.0)
            {
                at++;
            }
            sum += highest[at];
        }
        return sum / 11;
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
