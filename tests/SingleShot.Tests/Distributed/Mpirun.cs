using System.Diagnostics;
using System.Text.Json;
using SingleShot.Ranks;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>Starts tests/Ranks in several processes.</summary>
/// <param name="Names">What the program is called, the most telling first.</param>
/// <param name="Package">Debian's package of it.</param>
/// <param name="Flags">What it needs to start several processes on one machine, whoever the user is and however few cores there are.</param>
internal sealed record Mpirun(IReadOnlyList<string> Names, string Package, IReadOnlyList<string> Flags)
{
    public static Mpirun OpenMpi { get; } = new(["mpirun.openmpi", "mpirun"], "openmpi-bin", ["--allow-run-as-root", "--oversubscribe"]);

    public static Mpirun Mpich { get; } = new(["mpiexec.mpich"], "mpich", []);

    /// <summary>The program that runs in each process.</summary>
    public static string Ranks { get; } = typeof(Mpirun).Assembly.Location.Replace("SingleShot.Tests", "Ranks", StringComparison.Ordinal);

    /// <summary>Its path; null where there is none.</summary>
    public string? Program { get; } = Names.SelectMany(Places).FirstOrDefault(File.Exists);

    /// <summary>Ends the test as skipped where there is no mpirun.</summary>
    public static void SkipIfMissing(Mpirun? mpirun = null)
    {
        mpirun ??= OpenMpi;
        Assert.SkipUnless(mpirun.Program is not null, $"needs {mpirun.Names[0]}: apt-get install {mpirun.Package}");
    }

    /// <summary>The command that runs a job in some processes; one process is started without mpirun.</summary>
    public static IReadOnlyList<string> Command(int processes, Job job, Mpirun? mpirun = null)
    {
        mpirun ??= OpenMpi;
        string[] command = ["dotnet", Ranks, JsonSerializer.Serialize(job)];
        return processes == 1 ? command : [mpirun.Program!, .. mpirun.Flags, "-np", $"{processes}", .. command];
    }

    /// <summary>Runs a job in some processes.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static Task<(int Exit, string Text)> RunAsync(int processes, Job job, Mpirun? mpirun = null, params (string Name, string Value)[] environment) =>
        StartAsync(Command(processes, job, mpirun), environment);

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

    private static IEnumerable<string> Places(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name));
}
