using System.Diagnostics;
using AwesomeAssertions;
using Workbook.Commands;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>
/// Jupyter's own programs, as Debian packages them, with this kernel installed for them alone by its own command. Tests skip where they
/// are missing.
/// </summary>
public class JupyterClients : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder _folder = new();

    /// <summary>What Jupyter's clients are told in place of their own limits, which are those of a machine that has nothing else to do.</summary>
    internal static string LimitInSeconds { get; } = $"{(int)LastResort.Limit.TotalSeconds}";

    /// <summary>Skips the test unless Debian's Python has a module.</summary>
    public static async Task NeedAsync(string module, string package)
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is missing: install it (apt-get install {package}).");
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", $"import {module}"]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(process.ExitCode == 0, $"{Python} has no module {module}: install it (apt-get install {package}).");
    }

    /// <summary>A script that is kept beside these tests' sources.</summary>
    public static string Script(string name) => Path.Combine(Repository.Root, "tests", "Workbook.Tests", "Kernel", "Clients", name);

    /// <summary>Runs Debian's Python with arguments, in a folder, to its end.</summary>
    /// <returns>Its exit code, and all that it said.</returns>
    internal async Task<(int Exit, string Text)> PythonAsync(string folder, params IEnumerable<string> arguments)
    {
        var prefix = _folder.File("prefix");
        if (!Directory.Exists(prefix))
        {
            await InstallAsync(prefix);
        }
        var start = new ProcessStartInfo(Python, arguments) { WorkingDirectory = folder };
        foreach (var kind in new[] { "CONFIG", "DATA", "RUNTIME" })
        {
            start.Environment[$"JUPYTER_{kind}_DIR"] = _folder.File(kind);
        }
        start.Environment["LAST_RESORT"] = LimitInSeconds;
        start.Environment["IPYTHONDIR"] = _folder.File("IPYTHON");
        start.Environment["JUPYTER_PATH"] = Path.Combine(prefix, "share", "jupyter");
        return await EndAsync(start);
    }

    /// <summary>Runs a process to its end.</summary>
    internal static async Task<(int Exit, string Text)> EndAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1"; // a test asks nothing of a network
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Installs below a prefix what the clients are to find.</summary>
    protected virtual Task InstallAsync(string prefix) => CommandAsync("install", "--prefix", prefix);

    /// <summary>Runs a command of the workbook, which ends well.</summary>
    protected static async Task CommandAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        (await CommandLine.RunAsync(arguments, TextWriter.Null, error)).Should().Be(0, error.ToString());
    }
}
