using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace SingleShot.Cli;

/// <summary>What a command tells: lines and tables for people or, with <c>--json</c>, events for programs.</summary>
internal sealed class Report
{
    private const int Utf8 = 65001; // a console's encoding is a wrapper, which has the number of what it wraps
    private const int Utf16 = 1200;
    private const int WidthOfFiles = 140; // of what is written into a file or a pipe, where nothing says how wide it is

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // JSON is UTF-8. Where the locale wants other bytes, every letter beyond ASCII is escaped, and ASCII is the same in both.
    private static readonly JsonSerializerOptions AsciiFormat = new(Format) { Encoder = JavaScriptEncoder.Default };

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly bool _isTerminal;
    private readonly IAnsiConsole _console;
    private bool _statusIsShown;

    /// <param name="output">Where results and progress go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="isTerminal">Whether the output shows colors and lines that are written over.</param>
    /// <param name="json">Whether programs read it.</param>
    public Report(TextWriter output, TextWriter error, bool isTerminal, bool json)
    {
        (_output, _error, _isTerminal, IsJson) = (output, error, isTerminal && !json, json);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = _isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = _isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!_isTerminal)
        {
            _console.Profile.Width = WidthOfFiles;
        }
    }

    /// <summary>Whether programs read it.</summary>
    public bool IsJson { get; }

    /// <summary>A finite number; null for NaN and infinity, which JSON does not have.</summary>
    public static double? Number(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A line for people.</summary>
    public void Line(string text)
    {
        if (!IsJson)
        {
            EndStatus();
            _output.WriteLine(Harmless(text));
            _output.Flush();
        }
    }

    /// <summary>A table for people.</summary>
    /// <param name="columns">What each column is called; those that begin with '>' are set to the right.</param>
    /// <param name="rows">The texts of each row.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        if (IsJson)
        {
            return;
        }
        EndStatus();
        var table = new Table().Border(_isTerminal ? TableBorder.Rounded : TableBorder.Ascii);
        foreach (var column in columns)
        {
            var made = new TableColumn(Markup.Escape(column.TrimStart('>'))) { NoWrap = true };
            table.AddColumn(column.StartsWith('>') ? made.RightAligned() : made);
        }
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(text => Markup.Escape(Harmless(text)))]);
        }
        _console.Write(table);
    }

    /// <summary>The line at a terminal's end that says how far it is, written over by the next.</summary>
    public void Status(string text)
    {
        if (_isTerminal)
        {
            var width = Math.Max(1, _console.Profile.Width - 1);
            _output.Write($"\r{(text.Length > width ? text[..width] : text)}\e[K");
            _output.Flush();
            _statusIsShown = true;
        }
    }

    /// <summary>An event for programs: an object with its kind as <c>event</c>.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="content">More about it: an object whose properties follow.</param>
    public void Event(string kind, object? content = null)
    {
        if (IsJson)
        {
            var format = _output.Encoding.CodePage is Utf8 or Utf16 ? Format : AsciiFormat;
            var members = content is null ? "" : JsonSerializer.Serialize(content, format)[1..^1];
            _output.WriteLine($"{{\"event\":\"{kind}\"{(members.Length > 0 ? "," : "")}{members}}}");
            _output.Flush();
        }
    }

    /// <summary>Something that went wrong; on the error output, for both.</summary>
    public void Problem(string text)
    {
        try
        {
            EndStatus();
            _error.WriteLine(Harmless(text));
            _error.Flush();
            Event("problem", new { Message = text });
        }
        catch (IOException)
        {
            // Where it would be told, nothing can be written any more; the exit code says that something went wrong.
        }
    }

    /// <summary>A text without what would command a terminal: the name of a file, or of a model's class, may hold anything.</summary>
    private static string Harmless(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t') ? '\uFFFD' : letter));

    private void EndStatus()
    {
        if (_statusIsShown)
        {
            _output.Write("\r\e[K");
            _statusIsShown = false;
        }
    }
}
