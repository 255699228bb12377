using System.Diagnostics;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>A launcher of MPI, which starts a program in several processes.</summary>
/// <param name="Names">What the program is called, the most telling first.</param>
/// <param name="Package">Debian's package of it.</param>
/// <param name="Flags">What it needs to start several processes on one machine, whoever the user is and however few cores there are.</param>
internal sealed record Mpirun(IReadOnlyList<string> Names, string Package, IReadOnlyList<string> Flags)
{
    public static Mpirun OpenMpi { get; } = new(["mpirun.openmpi", "mpirun"], "openmpi-bin", ["--allow-run-as-root", "--oversubscribe"]);

    public static Mpirun Mpich { get; } = new(["mpiexec.mpich"], "mpich", []);

    /// <summary>Its path; null where there is none.</summary>
    public string? Program { get; } = Names.SelectMany(Places).FirstOrDefault(File.Exists);

    /// <summary>Ends the test as skipped where there is no mpirun.</summary>
    public static void SkipIfMissing(Mpirun? mpirun = null)
    {
        mpirun ??= OpenMpi;
        Assert.SkipUnless(mpirun.Program is not null, $"needs {mpirun.Names[0]}: apt-get install {mpirun.Package}");
    }

    /// <summary>The command that runs a program in some processes; one process is started without mpirun.</summary>
    public IReadOnlyList<string> Command(int processes, params IEnumerable<string> program) => processes == 1 ? [.. program] : [Program!, .. Flags, "-np", $"{processes}", .. program];

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code, and all that was written.</returns>
    public static async Task<(int Exit, string Text)> StartAsync(IReadOnlyList<string> command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERM"] = "dumb"; // mpirun gives rank 0 a terminal of its own, and .NET would begin by setting its keys
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
