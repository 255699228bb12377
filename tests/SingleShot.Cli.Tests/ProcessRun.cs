using System.Diagnostics;
using Xunit;

namespace SingleShot.Cli.Tests;

/// <summary>A process that is run to its end.</summary>
internal static class ProcessRun
{
    /// <summary>Runs it.</summary>
    /// <returns>Its exit code, what it put out, and its errors.</returns>
    public static async Task<CommandRun> OfAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new CommandRun(process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
