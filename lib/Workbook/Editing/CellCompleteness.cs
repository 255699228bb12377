using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution.Submissions;

namespace Workbook.Editing;

/// <summary>Whether a cell's text could run as it stands; its meaning is not looked at.</summary>
/// <param name="State">What it is.</param>
/// <param name="Indent">The blanks that its next line should begin with, where there is to be one.</param>
public sealed record CellCompleteness(CodeState State, string Indent)
{
    private const int IndentWidth = 4;

    /// <summary>Looks at a cell's text.</summary>
    public static CellCompleteness Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var tree = CSharpSyntaxTree.ParseText(UsingVariables.In(WithoutCommands(code)).Text, new CSharpParseOptions(kind: SourceCodeKind.Script));
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new CellCompleteness(CodeState.Incomplete, Indentation(tree));
        }
        var invalid = tree.GetDiagnostics().Any(one => one.Severity == DiagnosticSeverity.Error);
        return new CellCompleteness(invalid ? CodeState.Invalid : CodeState.Complete, "");
    }

    // #!time and the like, and %time before any code, are the workbook's and no C#; every other line stays where it is.
    private static string WithoutCommands(string code)
    {
        var lines = code.Split('\n');
        var beforeCode = true;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimStart();
            if (line.StartsWith("#!", StringComparison.Ordinal) || beforeCode && line.StartsWith('%'))
            {
                lines[index] = "";
            }
            beforeCode &= lines[index].Trim() is "" or ['#', ..] or ['/', '/', ..];
        }
        return string.Join('\n', lines);
    }

    private static string Indentation(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
        {
            depth += token.Kind() switch
            {
                SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                _ => 0,
            };
        }
        return new string(' ', IndentWidth * Math.Max(0, depth));
    }
}

/// <summary>What a client may do with code that its reader has typed.</summary>
public enum CodeState
{
    /// <summary>It can run.</summary>
    Complete,

    /// <summary>More is to come: a brace is open, a statement not ended.</summary>
    Incomplete,

    /// <summary>No more text can make it C#.</summary>
    Invalid,
}
