using System.Globalization;

namespace SingleShot.Evaluation.Coco;

/// <summary>COCO's twelve numbers, and the precision and recall they are means of. All 0 to 1; NaN where there is no truth.</summary>
public sealed class CocoScores
{
    private const int At50 = 0;
    private const int At75 = 5;

    private readonly CocoCurves _curves;

    internal CocoScores(IReadOnlyList<string> classNames, CocoCurves curves)
    {
        ClassNames = [.. classNames];
        _curves = curves;
        ClassAP = [.. Enumerable.Range(0, classNames.Count).Select(label => MeanPrecision(CocoArea.All, label, label + 1))];
        (AP, AP50, AP75) = (All(CocoArea.All), All(CocoArea.All, At50), All(CocoArea.All, At75));
        (APSmall, APMedium, APLarge) = (All(CocoArea.Small), All(CocoArea.Medium), All(CocoArea.Large));
        (AR1, AR10, AR100) = (MeanRecall(CocoArea.All, 0), MeanRecall(CocoArea.All, 1), MeanRecall(CocoArea.All, 2));
        (ARSmall, ARMedium, ARLarge) = (MeanRecall(CocoArea.Small, 2), MeanRecall(CocoArea.Medium, 2), MeanRecall(CocoArea.Large, 2));

        double All(CocoArea area, int? threshold = null) => MeanPrecision(area, 0, classNames.Count, threshold);
    }

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Average precision of each class, over every overlap and object, 100 detections; NaN without truths.</summary>
    public IReadOnlyList<double> ClassAP { get; }

    /// <summary>The twelve numbers in the order in which pycocotools has them; NaN in the place of its -1.</summary>
    public IReadOnlyList<double> Stats => [AP, AP50, AP75, APSmall, APMedium, APLarge, AR1, AR10, AR100, ARSmall, ARMedium, ARLarge];

    /// <summary>Average precision over the overlaps .50 to .95: COCO's first number.</summary>
    public double AP { get; }

    /// <summary>Average precision at overlap .50.</summary>
    public double AP50 { get; }

    /// <summary>Average precision at overlap .75.</summary>
    public double AP75 { get; }

    /// <summary>Average precision of objects up to 32 x 32 pixels.</summary>
    public double APSmall { get; }

    /// <summary>Average precision of objects from 32 x 32 to 96 x 96 pixels.</summary>
    public double APMedium { get; }

    /// <summary>Average precision of objects from 96 x 96 pixels up.</summary>
    public double APLarge { get; }

    /// <summary>Average recall with the best detection of each image and class.</summary>
    public double AR1 { get; }

    /// <summary>Average recall with the best 10 detections of each image and class.</summary>
    public double AR10 { get; }

    /// <summary>Average recall with the best 100 detections of each image and class.</summary>
    public double AR100 { get; }

    /// <summary>Average recall of objects up to 32 x 32 pixels, 100 detections.</summary>
    public double ARSmall { get; }

    /// <summary>Average recall of objects from 32 x 32 to 96 x 96 pixels, 100 detections.</summary>
    public double ARMedium { get; }

    /// <summary>Average recall of objects from 96 x 96 pixels up, 100 detections.</summary>
    public double ARLarge { get; }

    /// <summary>Precision at each of the 101 recalls, never rising.</summary>
    /// <param name="threshold">Index in <see cref="CocoProtocol.OverlapThresholds"/>.</param>
    /// <param name="label">The class.</param>
    /// <param name="area">The range of areas.</param>
    /// <param name="limit">Index in <see cref="CocoProtocol.DetectionLimits"/>; 2 is 100 detections.</param>
    /// <returns>101 values, at <see cref="CocoProtocol.RecallThresholds"/>; 0 beyond the recall reached, all NaN without truths.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of its range.</exception>
    public ReadOnlySpan<double> Precision(int threshold, int label, CocoArea area = CocoArea.All, int limit = 2) =>
        _curves.PrecisionRow(threshold, label, area, limit);

    /// <summary>The highest recall reached; parameters as for <see cref="Precision"/>.</summary>
    /// <param name="threshold">Index in <see cref="CocoProtocol.OverlapThresholds"/>.</param>
    /// <param name="label">The class.</param>
    /// <param name="area">The range of areas.</param>
    /// <param name="limit">Index in <see cref="CocoProtocol.DetectionLimits"/>.</param>
    /// <returns>0 to 1; NaN without truths.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of its range.</exception>
    public double Recall(int threshold, int label, CocoArea area = CocoArea.All, int limit = 2) =>
        _curves.RecallCell(threshold, label, area, limit);

    /// <summary>The twelve lines that pycocotools prints; -1 stands for NaN, as there.</summary>
    public override string ToString() => string.Join('\n',
        Line("Precision", "AP", "0.50:0.95", "all", 100, AP), Line("Precision", "AP", "0.50", "all", 100, AP50),
        Line("Precision", "AP", "0.75", "all", 100, AP75), Line("Precision", "AP", "0.50:0.95", "small", 100, APSmall),
        Line("Precision", "AP", "0.50:0.95", "medium", 100, APMedium), Line("Precision", "AP", "0.50:0.95", "large", 100, APLarge),
        Line("Recall", "AR", "0.50:0.95", "all", 1, AR1), Line("Recall", "AR", "0.50:0.95", "all", 10, AR10),
        Line("Recall", "AR", "0.50:0.95", "all", 100, AR100), Line("Recall", "AR", "0.50:0.95", "small", 100, ARSmall),
        Line("Recall", "AR", "0.50:0.95", "medium", 100, ARMedium), Line("Recall", "AR", "0.50:0.95", "large", 100, ARLarge));

    private static string Line(string title, string sign, string overlap, string area, int limit, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $" Average {title,-9}  ({sign}) @[ IoU={overlap,-9} | area={area,6} | maxDets={limit,3} ] = {(double.IsNaN(value) ? -1 : value):0.000}");

    private double MeanPrecision(CocoArea area, int firstLabel, int endLabel, int? threshold = null)
    {
        var mean = new PreciseMean();
        for (var t = threshold ?? 0; t < (threshold + 1 ?? CocoProtocol.OverlapThresholds.Count); t++)
        {
            for (var label = firstLabel; label < endLabel; label++)
            {
                foreach (var value in Precision(t, label, area))
                {
                    mean.Add(value);
                }
            }
        }
        return mean.Value;
    }

    private double MeanRecall(CocoArea area, int limit)
    {
        var mean = new PreciseMean();
        for (var t = 0; t < CocoProtocol.OverlapThresholds.Count; t++)
        {
            for (var label = 0; label < ClassNames.Count; label++)
            {
                mean.Add(Recall(t, label, area, limit));
            }
        }
        return mean.Value;
    }
}

/// <summary>The mean of what is added, ignoring NaN.</summary>
/// <remarks>
/// What each addition rounds off is summed beside it (Neumaier, 1974): tens of thousands of values, and still the last digits do not
/// depend on their order. numpy sums pairwise to the same end.
/// </remarks>
internal struct PreciseMean
{
    private double _sum;
    private double _lost;
    private int _count;

    /// <summary>The mean; NaN where nothing was added.</summary>
    public readonly double Value => _count == 0 ? double.NaN : (_sum + _lost) / _count;

    /// <summary>Adds a value, unless it is NaN.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }
        var sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        (_sum, _count) = (sum, _count + 1);
    }
}
