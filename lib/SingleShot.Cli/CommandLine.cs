using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SingleShot.Cli.Commands;

namespace SingleShot.Cli;

/// <summary>The program's command line.</summary>
public static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="output">Where results and progress go.</param>
    /// <param name="error">Where problems and errors go.</param>
    /// <param name="isTerminal">Whether <paramref name="output"/> shows colors and lines that are written over.</param>
    /// <param name="network">What downloads ask; the system's own when left out.</param>
    /// <param name="stop">Stops the command; what has been done is kept.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, bool isTerminal = false, HttpMessageHandler? network = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // of this call alone: a number has a point everywhere, as in the settings file
        var host = new CommandHost(output, error, isTerminal);
        var root = new RootCommand("SSD, the Single Shot MultiBox Detector: finds objects in pictures, and trains to find yours.")
        {
            DetectCommand.Create(host),
            TrainCommand.Create(host),
            EvaluateCommand.Create(host),
            DoctorCommand.Create(host),
            ExportCommand.Create(host),
            DownloadCommand.Create(host, network),
        };
        root.Options.Add(host.Json);
        var parsed = root.Parse(arguments);
        if (parsed.Tokens.Any(token => token.Value.Length == 0))
        {
            await error.WriteLineAsync("An argument of the command line is empty: say what it is, or leave it out.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        var isDirective = arguments is [['[', ..], ..]; // a shell asks for completions of a line that is not finished
        string[] problems = isDirective ? [] : UnknownOption(parsed) is { } unknown ? [unknown] : [.. parsed.Errors.Select(problem => problem.Message)];
        if (problems.Length > 0)
        {
            foreach (var problem in problems)
            {
                await error.WriteLineAsync(problem).ConfigureAwait(false);
            }
            await error.WriteLineAsync("singleshot --help names the commands, and singleshot COMMAND --help what they take.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        // Ctrl+C is the caller's: the library's own handling would end the process before anything is kept.
        var settings = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(settings, stop).ConfigureAwait(false);
    }

    /// <summary>What to say of an option that there is not; null where all are known. By itself the parser takes it for a path where a command takes paths.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value).Concat(parsed.UnmatchedTokens);
        if (words.FirstOrDefault(word => word is ['-', _, ..]) is not { } unknown) // a path that begins so is written ./-path
        {
            return null;
        }
        unknown = unknown.Split('=')[0];
        var known = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name);
        return $"There is no option {unknown}.{(NearestName.Of(unknown, known) is { } near ? $" Did you mean '{near}'?" : "")}";
    }
}
