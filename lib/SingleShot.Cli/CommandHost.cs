using System.CommandLine;
using SingleShot.Distributed;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Mpi;
using SingleShot.Training;
using SingleShot.Weights.Tensors;

namespace SingleShot.Cli;

/// <summary>What all commands share: where they write, <c>--json</c>, and what becomes of an error.</summary>
internal sealed class CommandHost(TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>The option that turns the output into lines of JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Writes a line of JSON for each event, for programs to read.", Recursive = true };

    /// <summary>Says what a command does when it is called.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does it, and gives one of <see cref="ExitCodes"/>.</param>
    public Command Run(Command command, Func<ParseResult, Report, CancellationToken, Task<int>> run)
    {
        command.SetAction(async (parsed, stop) =>
        {
            var report = new Report(output, error, isTerminal, parsed.GetValue(Json));
            try
            {
                return await run(parsed, report, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                report.Problem("Stopped.");
                return ExitCodes.Stopped;
            }
            catch (Exception e) when (ExitCodeOf(e) is { } exit)
            {
                report.Problem(e.Message);
                return exit;
            }
        });
        return command;
    }

    /// <summary>Says what a command does when it is called, in one process or in all that a launcher of MPI has started. Rank 0 alone is heard.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does it, the same in each process. If it is stopped, it throws in all of them together.</param>
    public Command RunInAll(Command command, Func<ParseResult, Report, ICommunicator, CancellationToken, Task<int>> run) => Run(command, async (parsed, report, stop) =>
    {
        var exit = ExitCodes.Failed;
        await Launch.RunAsync(
            async processes =>
            {
                var heard = processes.Rank == 0 ? report : new Report(TextWriter.Null, TextWriter.Null, isTerminal: false, json: false);
                try
                {
                    exit = await run(parsed, heard, processes, stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    heard.Problem("Stopped.");
                    exit = ExitCodes.Stopped;
                }
            },
            isTold: e => ExitCodeOf(e) is not null).ConfigureAwait(false);
        return exit;
    });

    /// <summary>What an exception comes to, if its message tells a user what was wrong; null for a fault of the program, which keeps its stack.</summary>
    public static int? ExitCodeOf(Exception e) => e switch
    {
        UsageException => ExitCodes.Usage,
        ArgumentException when IsOurs(e) => ExitCodes.Usage, // of the checks of settings, which name the setting and its range
        InvalidOperationException when IsOurs(e) => ExitCodes.Failed,
        IOException or UnauthorizedAccessException or InvalidDataException or WeightFileException or DllNotFoundException or MpiException
            or LossNotFiniteException or StatisticsNotFiniteException => ExitCodes.Failed,
        _ => null,
    };

    /// <summary>Whether this program or its library threw it, with a message of theirs.</summary>
    private static bool IsOurs(Exception e) => e.TargetSite?.Module.Assembly.GetName().Name?.StartsWith(nameof(SingleShot), StringComparison.Ordinal) == true;
}
