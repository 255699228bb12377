using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace SingleShot.Cli.Tests;

/// <summary>A command that was run: in this process through its public entry, or in one of its own.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    /// <summary>The program as it was built, for a process of its own.</summary>
    public static string Program { get; } = typeof(CommandLine).Assembly.Location;

    public static Task<CommandRun> OfAsync(params string[] arguments) => OfAsync(arguments, null);

    /// <summary>Runs a command here.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Hears each line of the output; what it answers true to is the last before the command is asked to stop.</param>
    /// <param name="network">What downloads ask.</param>
    public static async Task<CommandRun> OfAsync(string[] arguments, Func<string, bool>? onLine, HttpMessageHandler? network = null)
    {
        using var stop = new CancellationTokenSource();
        using var output = new WatchedWriter(line =>
        {
            if (onLine?.Invoke(line) == true)
            {
                stop.Cancel();
            }
        });
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(arguments, output, error, network: network, stop: stop.Token);
        return new CommandRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command in a process of its own, under a shell's limit for the size of a file.</summary>
    public static async Task<CommandRun> LimitedAsync(int kibibytes, params string[] arguments)
    {
        // What .NET compiles goes into a file in memory otherwise, which would be as limited.
        var start = new ProcessStartInfo("bash", ["-c", $"ulimit -f {kibibytes}; trap '' XFSZ; exec dotnet {Program} \"$@\"", "bash", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, output, await error);
    }

    /// <summary>The events of a kind that a run with <c>--json</c> wrote.</summary>
    public IReadOnlyList<JsonNode> Events(string kind) =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(item => (string?)item["event"] == kind)];

    private sealed class WatchedWriter(Action<string> onLine) : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            onLine(value ?? "");
        }
    }
}
