using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Execution.Packages;

namespace Workbook.Execution.Directives;

/// <summary>A cell's text with the workbook's own directives taken out.</summary>
/// <param name="Code">What is left for the compiler; every line keeps its number.</param>
/// <param name="All">The directives in order.</param>
internal sealed partial record CellDirectives(string Code, ImmutableArray<Directive> All)
{
    private const int MaxNesting = 2000;

    /// <summary>Whether the cell's time is to be shown.</summary>
    public bool IsTimed => All.Any(one => one is TimeDirective);

    /// <summary>The questions above the code, or those further down.</summary>
    public IEnumerable<QuestionDirective> Questions(bool isBeforeCode) =>
        All.OfType<QuestionDirective>().Where(one => one.IsBeforeCode == isBeforeCode);

    /// <summary>Reads a cell's directives.</summary>
    /// <exception cref="CellDirectiveException">
    /// A directive is unknown or is not written as it should be, or the code is nested too deeply to be compiled.
    /// </exception>
    public static CellDirectives Read(string source)
    {
        RefuseDeepNesting(source);
        if (FirstCode(source) is ({ } first, var firstLine) && first.StartsWith('%'))
        {
            throw new CellDirectiveException(Magics.Refusal(first.Split(' ')[0]), firstLine);
        }
        if (!source.Contains('#', StringComparison.Ordinal))
        {
            return new CellDirectives(source, []);
        }
        var all = ImmutableArray.CreateBuilder<Directive>();
        var code = source.ToCharArray();
        // Only C# itself knows which # begins a directive and which is inside a text or a comment.
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        var firstToken = root.GetFirstToken(includeZeroWidth: true).SpanStart;
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective))
        {
            var start = trivia.SpanStart;
            var end = source.IndexOf('\n', start) is var found and >= 0 ? found : source.Length;
            var text = source[start..end].Trim();
            var line = source.AsSpan(0, start).Count('\n') + 1;
            var word = KnownDirective.WordOf(text);
            var isOwn = text.StartsWith("#!", StringComparison.Ordinal);
            // The compiler would follow references even where an #if leaves them out.
            var isLeftOut = trivia.GetStructure() is DirectiveTriviaSyntax { IsActive: false };
            var directive = isLeftOut || word is null ? null : Read(word, new DirectiveLine(text, line, start < firstToken));
            if (directive is not null)
            {
                all.Add(directive);
            }
            if (isOwn || directive is SourceDirective || isLeftOut && word is not null)
            {
                code.AsSpan(start, end - start).Fill(' ');
            }
        }
        return new CellDirectives(new string(code), all.ToImmutable());
    }

    /// <summary>
    /// The error of a cell that does not compile because it begins with a command for a shell; null for any other cell. Only the compiler knows
    /// whether <c>!ready</c> negates a variable.
    /// </summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="errorLine">The line of its first error, from 1.</param>
    public static CellDirectiveException? ShellCommand(string source, int? errorLine) =>
        FirstCode(source) is ({ } first, var line) && line == errorLine && ShellForm().IsMatch(first)
            ? new CellDirectiveException(Magics.Refusal(first.Split(' ')[0]), line)
            : null;

    private static Directive? Read(string word, DirectiveLine line) =>
        KnownDirective.Of(word) is { } known ? known.Read(line)
            : Magics.IsOwnLanguage(word) ? null
            : throw new CellDirectiveException(Magics.Refusal(word), line.Number);

    // The compiler would overflow its stack, and the process end with it.
    private static void RefuseDeepNesting(string source)
    {
        var (depth, line) = (0, 1);
        foreach (var one in source)
        {
            depth += one is '(' or '[' or '{' ? 1 : one is ')' or ']' or '}' ? -1 : 0;
            line += one == '\n' ? 1 : 0;
            if (depth > MaxNesting)
            {
                throw new CellDirectiveException($"The code has more than {MaxNesting} brackets within brackets, which no compiler takes.", line);
            }
        }
    }

    // A sign of another notebook's commands counts only before any code: later it is one of C#'s operators.
    private static (string? Text, int Line) FirstCode(string source)
    {
        var line = 0;
        foreach (var text in source.AsSpan().EnumerateLines())
        {
            line++;
            var trimmed = text.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#' && !trimmed.StartsWith("//"))
            {
                return (trimmed[..Math.Min(trimmed.Length, 80)].ToString(), line);
            }
        }
        return (null, 0);
    }

    [GeneratedRegex(@"^!\S*[\w\-](?:\s|$)")]
    private static partial Regex ShellForm();
}

/// <summary>A line of a cell that is for the workbook, and not, or not only, for the compiler.</summary>
/// <param name="Line">Its line in the cell, from 1.</param>
internal abstract record Directive(int Line);

/// <summary><c>#!import file</c>: runs a file of C#, or the code cells of a notebook, before the cell.</summary>
internal sealed record ImportDirective(string Path, int Line) : Directive(Line);

/// <summary><c>#load "file"</c>: the compiler reads the file; the workbook looks there for packages.</summary>
internal sealed record LoadDirective(string Path, int Line) : Directive(Line);

/// <summary><c>#r "nuget: Name, Version"</c>.</summary>
internal sealed record PackageDirective(PackageRequest Request, int Line) : Directive(Line);

/// <summary><c>#i "nuget: source"</c>.</summary>
internal sealed record SourceDirective(string Source, int Line) : Directive(Line);

/// <summary><c>#!time</c>: the cell's time is shown.</summary>
internal sealed record TimeDirective(int Line) : Directive(Line);

/// <summary>A question about the session, as <c>#!whos</c>.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="IsBeforeCode">Whether it stands above the cell's code, and is answered first.</param>
/// <param name="Line">Its line in the cell, from 1.</param>
internal sealed record QuestionDirective(string Name, bool IsBeforeCode, int Line) : Directive(Line);

/// <summary>A cell holds a directive that cannot be followed.</summary>
internal sealed class CellDirectiveException(string message, int line) : Exception(message)
{
    /// <summary>The directive's line in the cell, from 1.</summary>
    public int Line { get; } = line;
}
