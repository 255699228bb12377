using static SingleShot.Figures.Explorers.ExplorerData;

namespace SingleShot.Figures.Explorers.Evaluation;

/// <summary>The verdict on one detection: which object it claimed, and whether it got it.</summary>
/// <param name="Right">Whether it got one.</param>
/// <param name="Best">Its best overlap with any object.</param>
/// <param name="Overlap">Its overlap with the object that it got, else its best.</param>
/// <param name="By">
/// The detection with a higher score, counted from 0, that already has the object. -1 where no detection took it: then no object overlaps
/// this detection enough.
/// </param>
internal sealed record Claim(bool Right, double Best, double Overlap, int By)
{
    /// <summary>In the few words that a table has room for.</summary>
    public string Verdict => this switch
    {
        { Right: true } => "right",
        { By: >= 0 } => $"wrong: {By + 1} has it",
        { Best: > 0 } => "wrong: misplaced",
        _ => "wrong: on nothing",
    };

    /// <summary>With the reason.</summary>
    public string Reason => this switch
    {
        { Right: true } when Overlap < Best => $"right: the best object still free, overlap {Fixed(Overlap, 3)}",
        { Right: true } => "right",
        { By: >= 0 } => $"wrong: detection {By + 1}, a surer one, has that object",
        { Best: > 0 } => $"wrong: not well enough in place, overlap {Fixed(Overlap, 3)}",
        _ => "wrong: overlaps nothing",
    };
}
