using System.Diagnostics;
using System.Text;
using Xunit;

namespace SingleShot.Cli.Tests;

/// <summary>A command in a process of its own, to which Ctrl+C is sent as a terminal sends it: to the process, and to all that it has started.</summary>
internal static class InterruptedCommand
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="moment">Hears each line of the output; the first that it answers true to is that of Ctrl+C.</param>
    /// <param name="arguments">The command's arguments.</param>
    public static async Task<CommandRun> OfAsync(Func<string, bool> moment, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's setsid and env");
        // What a script starts in the background ignores SIGINT, and so would its children: env has it heard again.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", "dotnet", CommandRun.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = new StringBuilder();
            var isSent = false;
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                output.Append(line).Append('\n');
                if (!isSent && moment(line))
                {
                    isSent = true;
                    await ProcessRun.OfAsync(new ProcessStartInfo("kill", ["-INT", "--", $"-{process.Id}"]));
                }
            }
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new CommandRun(process.ExitCode, output.ToString(), await error);
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
