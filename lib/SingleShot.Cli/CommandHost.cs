using System.CommandLine;
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
            catch (Exception e) when (e is UsageException || (e is ArgumentException && IsOurs(e))) // of the checks of settings, which name the setting and its range
            {
                report.Problem(e.Message);
                return ExitCodes.Usage;
            }
            catch (Exception e) when (IsTold(e))
            {
                report.Problem(e.Message);
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    /// <summary>Whether the message of an exception tells a user what was wrong; any other is a fault of the program, and keeps its stack.</summary>
    private static bool IsTold(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException or WeightFileException
        or DllNotFoundException or LossNotFiniteException or StatisticsNotFiniteException || (e is InvalidOperationException && IsOurs(e));

    /// <summary>Whether this program or its library threw it, with a message of theirs.</summary>
    private static bool IsOurs(Exception e) => e.TargetSite?.Module.Assembly.GetName().Name?.StartsWith(nameof(SingleShot), StringComparison.Ordinal) == true;
}
