using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Workbook.Execution;

/// <summary>Puts what went wrong in a cell into words: its own lines, none of the machinery.</summary>
internal static class CellErrors
{
    private static readonly string[] Machinery =
        ["System.Runtime.CompilerServices", "System.Runtime.ExceptionServices", "Workbook.Execution"];

    /// <summary>Every compile error with its place, its code and its source line.</summary>
    public static ErrorOutput OfCompilation(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
        var lines = errors.SelectMany(Describe).ToImmutableArray();
        var line = errors[0].Location.GetLineSpan() is { IsValid: true } span ? span.StartLinePosition.Line + 1 : (int?)null;
        return new ErrorOutput("CompilationError", lines[0], line, lines);
    }

    /// <summary>A directive that could not be followed.</summary>
    public static ErrorOutput OfDirective(CellDirectiveException e) =>
        new("DirectiveError", e.Message, e.Line, [string.Create(CultureInfo.InvariantCulture, $"line {e.Line}: {e.Message}")]);

    /// <summary>An exception with the frames between where it was thrown and the cell.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="file">The name under which the cell was compiled.</param>
    public static ErrorOutput OfException(Exception e, string file)
    {
        if (e is TypeInitializationException { InnerException: { } cause })
        {
            e = cause;
        }
        var frames = new StackTrace(e, fNeedFileInfo: true).GetFrames().Where(IsOfReader).ToList();
        var own = frames.FirstOrDefault(frame => frame.GetFileName() == file);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add($"{e.GetType().FullName}: {e.Message}");
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($" caused by {inner.GetType().FullName}: {inner.Message}");
        }
        lines.AddRange(frames.Select(Describe));
        return new ErrorOutput(e.GetType().Name, e.Message, own?.GetFileLineNumber(), lines.ToImmutable());
    }

    /// <summary>What a reader should know of a cell that was asked to stop; null of one that was not.</summary>
    public static ErrorOutput? OfStop(CellResult result) => result switch
    {
        CellResult.Stopped => Stop(ErrorOutput.Interrupted, "The cell was stopped. What it did until then stays."),
        CellResult.LeftRunning => Stop(
            ErrorOutput.NotStopped,
            "The cell was asked to stop and does not listen. It is left running in the background, where it may still change things. "
            + "Restart the kernel to end it for certain."),
        _ => null,
    };

    private static ErrorOutput Stop(string name, string message) => new(name, message, Line: null, [message]);

    private static IEnumerable<string> Describe(Diagnostic error)
    {
        var span = error.Location.GetLineSpan();
        if (!span.IsValid)
        {
            return [$"error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}"];
        }
        var (line, column) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
        var source = error.Location.SourceTree!.GetText().Lines[line].ToString();
        return
        [
            string.Create(CultureInfo.InvariantCulture,
                $"{Path.GetFileName(span.Path)} ({line + 1},{column + 1}): error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}"),
            $"    {source.Replace('\t', ' ')}",
            $"    {new string(' ', column)}^",
        ];
    }

    private static bool IsOfReader(StackFrame frame)
    {
        var type = frame.GetMethod()?.DeclaringType;
        return type is null || !Machinery.Any(prefix => type.FullName!.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static string Describe(StackFrame frame)
    {
        var method = DiagnosticMethodInfo.Create(frame);
        // A cell's own code and the state machines of async methods have made-up names; the place says more.
        var name = method is null || method.Name == "MoveNext" || method.Name.Contains('<', StringComparison.Ordinal)
            || method.DeclaringTypeName?.StartsWith("Submission#", StringComparison.Ordinal) == true && method.Name == "<Initialize>"
            ? null
            : method.DeclaringTypeName?.StartsWith("Submission#", StringComparison.Ordinal) == true ? method.Name : $"{method.DeclaringTypeName}.{method.Name}";
        var place = frame.GetFileName() is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}")
            : null;
        return $"   at {string.Join(" in ", new[] { name, place }.Where(part => part is not null).DefaultIfEmpty("(generated code)"))}";
    }
}
