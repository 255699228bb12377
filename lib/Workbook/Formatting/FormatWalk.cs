namespace Workbook.Formatting;

/// <summary>One pass over a value and the values in it: it knows which values it is inside of, and when enough has been shown.</summary>
/// <param name="values">How many values are shown in all.</param>
internal sealed class FormatWalk(int values = FormatLimits.MaxValues)
{
    private readonly HashSet<object> _around = new(ReferenceEqualityComparer.Instance);
    private int _left = values;

    /// <summary>How many values the one at hand lies within.</summary>
    public int Depth => _around.Count;

    /// <summary>What is shown in place of a value that lies too deep, contains itself or comes after too many others; null for a value to be taken apart.</summary>
    public string? Placeholder(object value) =>
        _left-- <= 0 ? "…"
        : _around.Contains(value) ? $"(the enclosing {TypeName.Of(value.GetType())})"
        : Depth == FormatLimits.MaxDepth ? TypeName.Of(value.GetType())
        : null;

    /// <summary>Writes what is inside of a value.</summary>
    public void Inside(object value, Action write)
    {
        _around.Add(value);
        write();
        _around.Remove(value);
    }
}
