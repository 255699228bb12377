namespace SingleShot.Networks;

/// <summary>A network's predictions hold NaN or infinity, which no threshold passes: an answer would look like an empty picture.</summary>
/// <param name="message">What happened, to which picture, and where it began.</param>
/// <param name="report">Where it began.</param>
/// <param name="picture">The first picture of the batch, from 0, whose predictions are not finite.</param>
public sealed class NetworkNotFiniteException(string message, FiniteReport report, int picture) : Exception(message)
{
    /// <summary>Where it began.</summary>
    public FiniteReport Report { get; } = report;

    /// <summary>The first picture of the batch, from 0, whose predictions are not finite.</summary>
    public int Picture { get; } = picture;
}
