using System.Text.Json;
using SingleShot.Distributed.Communication;

namespace SingleShot.Cli;

/// <summary>What each process does for itself before all of them begin.</summary>
internal static class Preparation
{
    /// <summary>Does it in all processes; a meeting. What is wrong in any of them is said once, and none begins.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="report">Hears what is wrong.</param>
    /// <param name="prepare">What to do.</param>
    /// <returns>What this process has prepared, or null and the exit code.</returns>
    public static (T? Prepared, int Exit) InAll<T>(ICommunicator processes, Report report, Func<T> prepare) where T : class
    {
        if (processes.Size == 1)
        {
            return (prepare(), ExitCodes.Done);
        }
        T? prepared = null;
        var mine = new Outcome(Environment.MachineName, ExitCodes.Done, "");
        try
        {
            prepared = prepare();
        }
        catch (Exception e) when (CommandHost.ExitCodeOf(e) is { } exit)
        {
            mine = mine with { Exit = exit, Problem = e.Message };
        }
        var all = processes.Gather(JsonSerializer.SerializeToUtf8Bytes(mine)).Select(bytes => JsonSerializer.Deserialize<Outcome>(bytes)!).ToArray();
        var wrong = all.Index().Where(item => item.Item.Exit != ExitCodes.Done).ToList();
        if (wrong.Count == 0)
        {
            return (prepared, ExitCodes.Done);
        }
        (prepared as IDisposable)?.Dispose();
        foreach (var problem in wrong.GroupBy(item => item.Item.Problem))
        {
            var (rank, outcome) = problem.First();
            report.Problem(problem.Count() == all.Length ? outcome.Problem : $"Rank {rank} ({outcome.Machine}): {outcome.Problem}");
        }
        return (null, wrong[0].Item.Exit);
    }

    private sealed record Outcome(string Machine, int Exit, string Problem);
}
