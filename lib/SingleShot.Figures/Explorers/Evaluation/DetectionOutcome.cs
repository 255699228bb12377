using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>Whether a detection is right, and why.</summary>
/// <param name="Right">True where it is matched to an object.</param>
/// <param name="Best">Its best overlap with any object.</param>
/// <param name="Overlap">Its overlap with the object that it is matched to; without one, its best.</param>
/// <param name="By">
/// The detection with a higher score, counted from 0, that is matched to the object which this one overlaps best; -1 where this one is right, or
/// overlaps no object enough.
/// </param>
internal sealed record DetectionOutcome(bool Right, double Best, double Overlap, int By)
{
    /// <summary>The outcome in the few words that a table has room for.</summary>
    public string Verdict => this switch
    {
        { Right: true } => "right",
        { By: >= 0 } => $"wrong: {By + 1} has it",
        { Best: > 0 } => "wrong: misplaced",
        _ => "wrong: on nothing",
    };

    /// <summary>The outcome with its reason.</summary>
    public string Reason => this switch
    {
        { Right: true } when Overlap < Best => $"right: the best object still free, overlap {Fixed(Overlap, 3)}",
        { Right: true } => "right",
        { By: >= 0 } => $"wrong: detection {By + 1}, with a higher score, has that object",
        { Best: > 0 } => $"wrong: not well enough in place, overlap {Fixed(Overlap, 3)}",
        _ => "wrong: overlaps nothing",
    };
}
