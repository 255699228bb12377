namespace SingleShot.Data;

/// <summary>Counts what a reader took although its format has it otherwise: of each kind how many, and where the first is.</summary>
internal sealed class Leniencies
{
    private readonly List<(string What, int Count, string First)> _kinds = []; // few, in the order in which they came

    /// <summary>Notes one.</summary>
    /// <param name="what">What is otherwise, and what it was taken for; the same words each time.</param>
    /// <param name="where">The record or the name.</param>
    public void Note(string what, string where)
    {
        var at = _kinds.FindIndex(kind => kind.What == what);
        if (at < 0)
        {
            _kinds.Add((what, 1, where));
        }
        else
        {
            _kinds[at] = _kinds[at] with { Count = _kinds[at].Count + 1 };
        }
    }

    /// <summary>A line for each kind.</summary>
    /// <param name="source">The file or the folder that it is about.</param>
    public IEnumerable<Finding> Findings(string source) =>
        _kinds.Select(kind => new Finding(FindingKind.Leniency, $"{source}: {kind.What} ({kind.Count} times, first {kind.First})"));
}
