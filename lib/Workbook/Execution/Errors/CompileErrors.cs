using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Workbook.Execution.References;
using Workbook.Execution.Submissions;

namespace Workbook.Execution.Errors;

/// <summary>Describes compile errors: place, code, message, and the source line with a mark below the column.</summary>
internal static class CompileErrors
{
    private const int MaxErrors = 20;
    private const int MaxLine = 160;

    /// <summary>The lines to show for some errors.</summary>
    public static ImmutableArray<string> Describe(IReadOnlyCollection<Diagnostic> errors, CellCode cell, ReferenceResolver references)
    {
        var lines = errors.Take(MaxErrors).SelectMany(error => Describe(error, cell, references));
        return errors.Count <= MaxErrors ? [.. lines] : [.. lines, $"… and {errors.Count - MaxErrors} more errors"];
    }

    private static IEnumerable<string> Describe(Diagnostic error, CellCode cell, ReferenceResolver references)
    {
        var span = error.Location.GetLineSpan();
        var words = CellLimits.Sentence(error) ?? ErrorText.Cut(error.GetMessage(CultureInfo.InvariantCulture));
        if (!span.IsValid || error.Location.SourceTree is not { } tree)
        {
            return [$"error {error.Id}: {words}"];
        }
        // As the cell has it: what is compiled may have blanks where the cell has words that are not for the compiler.
        var source = tree.FilePath == cell.Path && tree.Length == cell.Text.Length ? SourceText.From(cell.Text) : tree.GetText();
        if (error.Id == "CS0006" && references.Refusal(source.ToString(error.Location.SourceSpan).Split('"') is [_, var path, ..] ? path : "") is { } refusal)
        {
            words = refusal;
        }
        var (line, column) = (span.StartLinePosition.Line, span.StartLinePosition.Character);
        var (text, mark) = Around(source, line, column);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(span.Path)} ({line + 1},{column + 1}): error {error.Id}: {words}"),
            $"    {text}",
            $"    {new string(' ', mark)}^",
        ];
    }

    // Of a line that is longer than a screen, the part with the error.
    private static (string Text, int Mark) Around(SourceText source, int line, int column)
    {
        var span = source.Lines[line].Span;
        var from = span.Length <= MaxLine ? 0 : Math.Clamp(column - MaxLine / 2, 0, span.Length - MaxLine);
        var text = source.ToString(new TextSpan(span.Start + from, Math.Min(span.Length - from, MaxLine))).Replace('\t', ' ');
        return (from == 0 ? text : "…" + text[1..], column - from);
    }
}
