using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Pickle;

/// <summary>Values that a pickle keeps, to refer to them again. Picklers number them from 0, or from 1, so that a list serves.</summary>
internal sealed class PickleMemo
{
    private static readonly object Nothing = new();

    private readonly List<object?> _values = [];

    /// <summary>Keeps a value under the next number.</summary>
    public void Keep(object? value) => _values.Add(value);

    /// <summary>Keeps a value under a number.</summary>
    public void Keep(long index, object? value)
    {
        Require(index <= _values.Count + 1, "its pickle keeps values under numbers out of order: the file is damaged. Fetch it again.");
        while (_values.Count <= index)
        {
            _values.Add(Nothing);
        }
        _values[(int)index] = value;
    }

    /// <summary>The value under a number.</summary>
    public object? Recall(long index)
    {
        Require(
            index < _values.Count && _values[(int)index] != Nothing,
            "its pickle recalls a value that it never kept: the file is damaged. Fetch it again.");
        return _values[(int)index];
    }
}
