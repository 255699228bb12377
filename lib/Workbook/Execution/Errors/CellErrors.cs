using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Workbook.Execution.Directives;
using Workbook.Execution.References;
using Workbook.Execution.Submissions;
using Workbook.Outputs;

namespace Workbook.Execution.Errors;

/// <summary>Describes what went wrong in a cell by the cell's own lines, without the frames of the workbook and the run-time.</summary>
internal static class CellErrors
{
    private const int MaxCauses = 5;
    private const string OperatorNotDefined = "CS0023";
    private const string NoSuchMember = "CS1061";

    /// <summary>Every compile error with its place, its code and its source line.</summary>
    /// <param name="diagnostics">What the compiler said.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="references">Knows why a reference was not found.</param>
    public static ErrorOutput OfCompilation(IEnumerable<Diagnostic> diagnostics, CellCode cell, ReferenceResolver references)
    {
        // The compiler may stumble over one thing in several ways, and at the end over itself, at no place.
        var all = diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).ToLookup(one => one.Location != Location.None);
        var errors = (all[true].Any() ? all[true] : all[false])
            .DistinctBy(one => CellLimits.Sentence(one) is { } words ? (words, one.Location.GetLineSpan().StartLinePosition.Line) : (object)one).ToList();
        var lines = CompileErrors.Describe(errors, cell, references);
        var line = errors[0].Location.GetLineSpan() is { IsValid: true } span && span.Path == cell.Path ? span.StartLinePosition.Line + 1 : (int?)null;
        return errors[0].Id is not OperatorNotDefined and not NoSuchMember && CellDirectives.ShellCommand(cell.Text, line) is { } shell
            ? OfDirective(shell)
            : new ErrorOutput("CompilationError", lines[0], line, lines);
    }

    /// <summary>A directive that could not be followed.</summary>
    public static ErrorOutput OfDirective(CellDirectiveException e) =>
        new("DirectiveError", e.Message, e.Line, [string.Create(CultureInfo.InvariantCulture, $"line {e.Line}: {e.Message}")]);

    /// <summary>An exception with the frames between where it was thrown and the cell.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="file">The name under which the cell was compiled.</param>
    public static ErrorOutput OfException(Exception e, string file)
    {
        while (e is TypeInitializationException { InnerException: { } cause })
        {
            e = cause;
        }
        var frames = StackFrames.OfUserCode(e);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add($"{e.GetType().FullName}: {ErrorText.Message(e)}");
        lines.AddRange(Inner(e).SelectMany(Describe).Take(MaxCauses * 3));
        lines.AddRange(StackFrames.Describe(frames));
        // An aggregate is thrown where its tasks are waited for; what went wrong did so elsewhere.
        var causes = Inner(e).Take(MaxCauses).SelectMany(StackFrames.OfUserCode);
        var own = (e is AggregateException ? causes.Concat(frames) : frames.Concat(causes)).FirstOrDefault(frame => frame.GetFileName() == file);
        return new ErrorOutput(e.GetType().Name, ErrorText.Message(e), own?.GetFileLineNumber(), lines.ToImmutable());
    }

    /// <summary>A cell that was asked to stop, and ended.</summary>
    public static ErrorOutput OfStop { get; } = Stop(ErrorOutput.Interrupted, "The cell was stopped. What it did until then stays.");

    /// <summary>A cell that was asked to stop, and goes on.</summary>
    public static ErrorOutput OfFailedStop { get; } = Stop(
        ErrorOutput.NotStopped,
        "The cell was asked to stop and does not listen. It is left running in the background, where it may still change things. "
        + "Restart the kernel to end it for certain.");

    private static ErrorOutput Stop(string name, string message) => new(name, message, Line: null, [message]);

    // Each cause with the place that it came from: of a task, or of a call by reflection, the outer stack does not tell.
    private static IEnumerable<string> Describe(Exception cause)
    {
        yield return $" caused by {cause.GetType().FullName}: {ErrorText.Message(cause)}";
        var frames = StackFrames.OfUserCode(cause);
        var known = frames.FindAll(frame => frame.GetFileName() is not null);
        foreach (var place in StackFrames.Describe([.. (known.Count > 0 ? known : frames).Take(2)]))
        {
            yield return "   " + place;
        }
    }

    private static IEnumerable<Exception> Inner(Exception e) =>
        (e is AggregateException all ? all.InnerExceptions : e.InnerException is { } one ? [one] : Enumerable.Empty<Exception>())
            .SelectMany(inner => Inner(inner).Prepend(inner));
}
