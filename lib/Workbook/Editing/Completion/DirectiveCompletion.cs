using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Workbook.Execution.Directives;

namespace Workbook.Editing.Completion;

/// <summary>Completes the lines of a cell that are not C#: commands, and the files that they name.</summary>
internal static partial class DirectiveCompletion
{
    private static readonly ImmutableArray<CompletionItem> Commands =
        [.. KnownDirective.All.Select(one => new CompletionItem(one.Word, "directive", string.Join(" or ", one.Forms), one.Summary))];

    private static readonly ImmutableArray<CompletionItem> Parent = [new("../", "folder", null, null)];

    /// <summary>The commands or files at a UTF-16 position, and the span that they replace; null where the line is C#.</summary>
    public static (TextSpan Span, ImmutableArray<CompletionItem> Items)? Ask(string code, int position, string folder)
    {
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var line = code[start..position];
        if (!line.TrimStart().StartsWith('#') || IsInsideToken(code, start))
        {
            return null;
        }
        if (FileArgument().Match(line) is { Success: true } file && KnownDirective.Of(file.Groups["command"].Value) is { Files: [_, ..] endings })
        {
            var typed = file.Groups["path"];
            var slash = typed.Value.LastIndexOfAny(['/', '\\']) + 1;
            var span = TextSpan.FromBounds(start + typed.Index + slash, position);
            return (span, Files(folder, typed.Value[..slash], typed.Value[slash..], endings));
        }
        if (Command().Match(line) is { Success: true, Groups: var groups })
        {
            var typed = groups["command"];
            return (TextSpan.FromBounds(start + typed.Index, position),
                [.. Commands.Where(one => one.Text.StartsWith(typed.Value, StringComparison.OrdinalIgnoreCase))]);
        }
        return null;
    }

    // A line of a text over several lines may begin with anything.
    private static bool IsInsideToken(string code, int lineStart) =>
        CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot().FindToken(lineStart) is var token
        && token.SpanStart < lineStart && lineStart < token.Span.End;

    private static ImmutableArray<CompletionItem> Files(string root, string folder, string typed, ImmutableArray<string> endings)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(Path.GetFullPath(folder, root)).EnumerateFileSystemInfos()
                    .Where(entry => entry.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && !entry.Name.StartsWith('.'))
                    .Where(entry => entry is DirectoryInfo || endings.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                    .OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(entry => entry is DirectoryInfo
                        ? new CompletionItem($"{entry.Name}/", "folder", null, null)
                        : new CompletionItem(entry.Name, "file", null, null)),
                .. Parent.Where(_ => typed.All(one => one == '.') && folder.Replace("../", "", StringComparison.Ordinal).Length == 0),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return []; // What is typed so far is no folder.
        }
    }

    [GeneratedRegex("""^\s*(?<command>#!?\w+)\s*(?:"|(?<=#!\w+\s+))(?<path>(?!nuget:)[^"]*)$""")]
    private static partial Regex FileArgument();

    // Other directives, #if and #region among them, are C#'s own.
    [GeneratedRegex(@"^\s*(?<command>#(?:!\w*|[ri]|l\w*)?)$")]
    private static partial Regex Command();
}
