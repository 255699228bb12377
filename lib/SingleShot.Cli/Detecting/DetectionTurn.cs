namespace SingleShot.Cli.Detecting;

/// <summary>What one process has done with its batch, while the others had theirs.</summary>
/// <param name="Done">The pictures that it has detected in.</param>
/// <param name="Unreadable">Those that it could not read.</param>
/// <param name="Full">Why it cannot write any more; null where it can.</param>
/// <param name="IsStopped">Whether it was asked to stop.</param>
internal sealed record DetectionTurn(IReadOnlyList<FoundPicture> Done, IReadOnlyList<UnreadablePicture> Unreadable, string? Full, bool IsStopped)
{
    /// <summary>A turn in which nothing was done.</summary>
    public static DetectionTurn None { get; } = new([], [], null, false);
}

/// <summary>A picture that cannot be read.</summary>
/// <param name="Picture">Its path.</param>
/// <param name="Problem">Why not.</param>
internal sealed record UnreadablePicture(string Picture, string Problem);
