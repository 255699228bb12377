namespace Workbook.Formatting;

/// <summary>One walk through a value and all within it: knows what it is inside of, and when it has seen enough.</summary>
/// <param name="values">How many values are enough.</param>
internal sealed class FormatWalk(int values = FormatLimits.Values)
{
    private readonly HashSet<object> _around = new(ReferenceEqualityComparer.Instance);
    private int _left = values;

    /// <summary>How many values the one at hand lies within.</summary>
    public int Depth => _around.Count;

    /// <summary>Why a value is not to be taken apart any further, in words; null where it is.</summary>
    public string? Instead(object value) =>
        _left-- <= 0 ? "…"
        : _around.Contains(value) ? $"({TypeName.Of(value.GetType())}: the one around this)"
        : Depth == FormatLimits.Depth ? TypeName.Of(value.GetType())
        : null;

    /// <summary>Runs something inside a value.</summary>
    public void Inside(object value, Action write)
    {
        _around.Add(value);
        write();
        _around.Remove(value);
    }
}
