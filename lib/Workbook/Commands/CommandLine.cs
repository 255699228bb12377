using System.CommandLine;
using System.CommandLine.Parsing;

namespace Workbook.Commands;

/// <summary>The program's command line.</summary>
public static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="output">Where progress goes.</param>
    /// <param name="error">Where errors in the command line go.</param>
    /// <param name="isTerminal">Whether <paramref name="output"/> understands colors.</param>
    /// <param name="cancellation">Stops the run; what has been done is written.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, bool isTerminal = false, CancellationToken cancellation = default)
    {
        var root = new RootCommand("Runs C# notebooks, and is the C# kernel of notebook editors.")
        {
            RunCommand.Create(output, error, isTerminal),
            KernelspecCommands.Install(output, error),
            KernelspecCommands.Uninstall(output, error),
            KernelspecCommands.List(output),
            KernelCommand.Create(error),
        };
        var parsed = root.Parse(arguments);
        string[] problems = UnknownOption(parsed) is { } unknown ? [unknown] : [.. parsed.Errors.Select(problem => problem.Message)];
        if (problems.Length > 0)
        {
            foreach (var problem in problems)
            {
                await error.WriteLineAsync(problem).ConfigureAwait(false);
            }
            await error.WriteLineAsync("Usage: workbook run PATH... [-p name=value]... [--out DIR] | install | uninstall | list | --help").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        // Ctrl+C is the caller's: the library's own handling would end the process before the copy is written.
        var settings = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(settings, cancellation).ConfigureAwait(false);
    }

    /// <summary>What to say of an option that there is not; null where all are known. By itself the parser takes it for a path where a command takes paths.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value).Concat(parsed.UnmatchedTokens);
        return words.FirstOrDefault(word => word is ['-', _, ..]) is { } unknown // a path that begins so is written ./-path
            ? $"There is no option {unknown.Split('=')[0]}; {parsed.CommandResult.Command.Name} --help names them."
            : null;
    }
}

/// <summary>The exit codes of the program.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>A cell failed.</summary>
    public const int CellFailed = 1;

    /// <summary>The command line, or a file it names, is wrong; nothing ran.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells number it.</summary>
    public const int Stopped = 130;
}

/// <summary>The command line asks for what cannot be done; the message says why, and what to do.</summary>
/// <param name="message">One or two sentences.</param>
public sealed class UsageException(string message) : Exception(message);
