namespace Workbook.Execution;

/// <summary>How long a cell that is asked to stop may take.</summary>
/// <param name="BeforeForce">From the request until its loops and waits are broken off.</param>
/// <param name="BeforeLeaving">From then until it is left to itself, running in the background.</param>
public sealed record Patience(TimeSpan BeforeForce, TimeSpan BeforeLeaving)
{
    /// <summary>For a person who watches: enough for a training step and its last words.</summary>
    public static Patience OfReader { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));

    /// <summary>For a program that is being ended.</summary>
    public static Patience OfRunner { get; } = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5));
}
