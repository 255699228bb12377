using System.Diagnostics;
using System.Runtime.InteropServices;
using SingleShot.Runtime.Convolutions;
using Xunit;

namespace SingleShot.Tests.Runtime;

/// <summary>Some of these tests once more, in a process of their own: libtorch is looked at and switched only when it is loaded.</summary>
internal static class TestProcess
{
    private const string Hooks = "DOTNET_STARTUP_HOOKS";

    /// <summary>Ends the test as skipped where convolutions cannot be disturbed.</summary>
    public static void SkipWhereNothingIsDisturbed() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "oneDNN's record of the caches is reached on 64-bit Linux only.");

    /// <summary>Runs some tests with their convolutions wrong from the start, and NaN in memory (tests/Disturbance).</summary>
    /// <param name="tests">Their class, without its namespace.</param>
    /// <param name="environment">Further variables.</param>
    /// <returns>The exit code, 0 where all passed, and all that was written.</returns>
    public static Task<(int Exit, string Text)> RunDisturbedAsync(string tests, params (string Name, string Value)[] environment) =>
        RunAsync(tests, [(Hooks, Path.Combine(AppContext.BaseDirectory, "Disturbance.dll")), .. environment]);

    /// <summary>Runs some tests as they are.</summary>
    /// <param name="tests">Their class, without its namespace.</param>
    /// <param name="environment">Further variables.</param>
    /// <returns>The exit code, 0 where all passed, and all that was written.</returns>
    public static async Task<(int Exit, string Text)> RunAsync(string tests, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TestProcess).Assembly.Location, "-class", $"*.{tests}", "-showliveoutput", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var mine in new[] { Hooks, ConvolutionCheck.Switch })
        {
            start.Environment.Remove(mine); // these tests may be disturbed themselves
        }
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
