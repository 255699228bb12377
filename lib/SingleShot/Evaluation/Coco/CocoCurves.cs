namespace SingleShot.Evaluation.Coco;

/// <summary>The arrays an evaluation fills: precision at each recall, and the recall reached. NaN until filled.</summary>
internal sealed class CocoCurves
{
    private static readonly int Thresholds = CocoProtocol.OverlapThresholds.Count;
    private static readonly int Recalls = CocoProtocol.RecallThresholds.Count;
    private static readonly int Areas = CocoProtocol.Areas.Count;
    private static readonly int Limits = CocoProtocol.DetectionLimits.Count;

    private readonly double[] _precision; // [threshold, class, area, limit, recall]
    private readonly double[] _recall;    // [threshold, class, area, limit]
    private readonly int _classes;

    public CocoCurves(int classes)
    {
        _classes = classes;
        _recall = new double[Thresholds * classes * Areas * Limits];
        _precision = new double[_recall.Length * Recalls];
        Array.Fill(_recall, double.NaN);
        Array.Fill(_precision, double.NaN);
    }

    public Span<double> PrecisionRow(int threshold, int label, CocoArea area, int limit) =>
        _precision.AsSpan(Cell(threshold, label, area, limit) * Recalls, Recalls);

    public ref double RecallCell(int threshold, int label, CocoArea area, int limit) => ref _recall[Cell(threshold, label, area, limit)];

    private int Cell(int threshold, int label, CocoArea area, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(threshold, Thresholds);
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _classes);
        ArgumentOutOfRangeException.ThrowIfNegative((int)area, nameof(area));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)area, Areas, nameof(area));
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(limit, Limits);
        return ((threshold * _classes + label) * Areas + (int)area) * Limits + limit;
    }
}
