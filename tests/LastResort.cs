namespace Tests;

/// <summary>The end of a wait for something that never comes.</summary>
internal static class LastResort
{
    /// <summary>
    /// How long a test waits before it fails instead of hanging. It says nothing of how fast anything is: a machine with twenty other
    /// things to do comes nowhere near.
    /// </summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(15);
}
