namespace SingleShot.Evaluation.Coco;

/// <summary>The mean of the numbers among what is added, NaN being none.</summary>
/// <remarks>
/// What each addition rounds off is summed beside it (Neumaier, 1974): tens of thousands of values, and still the last digits do not
/// depend on their order. numpy sums pairwise to the same end.
/// </remarks>
internal struct PreciseMean
{
    private double _sum;
    private double _lost;
    private int _count;

    /// <summary>The mean; NaN of nothing.</summary>
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
