using System.Diagnostics;
using System.Text.Json;
using SingleShot.Ranks;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>Starts tests/Ranks in several processes.</summary>
internal static class Mpirun
{
    /// <summary>What starts several processes on one machine, whoever the user is and however few cores there are.</summary>
    private static readonly string[] Flags = ["--allow-run-as-root", "--oversubscribe"];

    private static readonly Lazy<string?> Program = new(() => Find("mpirun.openmpi") ?? Find("mpirun"));

    /// <summary>The program that runs in each process.</summary>
    public static string Ranks { get; } = typeof(Mpirun).Assembly.Location.Replace("SingleShot.Tests", "Ranks", StringComparison.Ordinal);

    /// <summary>Ends the test as skipped where there is no mpirun.</summary>
    public static void SkipIfMissing() => Assert.SkipUnless(
        Program.Value is not null, "needs Open MPI's mpirun: apt-get install openmpi-bin");

    /// <summary>Runs a job in some processes; one process is started without mpirun.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static Task<(int Exit, string Text)> RunAsync(int processes, Job job, params (string Name, string Value)[] environment)
    {
        string[] command = ["dotnet", Ranks, JsonSerializer.Serialize(job)];
        return StartAsync(processes == 1 ? command : [Program.Value!, .. Flags, "-np", $"{processes}", .. command], environment);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static async Task<(int Exit, string Text)> StartAsync(IReadOnlyList<string> command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(LastResort.Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await output + await error);
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
