namespace SingleShot.Distributed.Communication;

/// <summary>Processes cannot go on together, because one of them has failed, has not come to a meeting, or brings what the others cannot use.</summary>
/// <param name="ranks">The processes at fault.</param>
/// <param name="message">Which they are, and why.</param>
public sealed class RankFailedException(IReadOnlyList<int> ranks, string message) : Exception(message)
{
    /// <summary>The processes at fault.</summary>
    public IReadOnlyList<int> Ranks { get; } = ranks;
}
