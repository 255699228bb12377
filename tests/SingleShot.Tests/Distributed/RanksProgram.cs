using System.Text.Json;
using SingleShot.Ranks;

namespace SingleShot.Tests.Distributed;

/// <summary>tests/Ranks, the program that does jobs in each process.</summary>
internal static class RanksProgram
{
    /// <summary>The command that does some jobs, one after another, in one process of the program.</summary>
    public static IReadOnlyList<string> Command(params IEnumerable<Job> jobs) =>
        ["dotnet", typeof(RanksProgram).Assembly.Location.Replace("SingleShot.Tests", "Ranks", StringComparison.Ordinal), JsonSerializer.Serialize(jobs)];

    /// <summary>Does some jobs, one after another, in some processes.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static Task<(int Exit, string Text)> RunAsync(int processes, params IEnumerable<Job> jobs) => RunAsync(Mpirun.OpenMpi, processes, jobs);

    /// <summary>Does some jobs, one after another, in some processes of a launcher.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static Task<(int Exit, string Text)> RunAsync(Mpirun mpirun, int processes, IEnumerable<Job> jobs, params (string Name, string Value)[] environment) =>
        Mpirun.StartAsync(mpirun.Command(processes, Command(jobs)), environment);
}
