using SingleShot.Ranks;

namespace SingleShot.Tests.Distributed;

/// <summary>How a job of several processes ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Exit">The launcher's exit code.</param>
/// <param name="Text">All that was written.</param>
internal sealed record Ending(Job Job, int Exit, string Text)
{
    /// <summary>Why a process ended, as it wrote itself; empty where it could not.</summary>
    public string Said(int rank) => Path.Combine(Job.Output, $"{rank}.end") is var file && File.Exists(file) ? File.ReadAllText(file) : "";
}
