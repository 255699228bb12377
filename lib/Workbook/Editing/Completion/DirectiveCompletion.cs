using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Workbook.Editing.Completion;

/// <summary>Completes the lines of a cell that are not C#: commands, and the files that they name.</summary>
internal static partial class DirectiveCompletion
{
    private static readonly ImmutableArray<CompletionItem> Commands =
    [
        new("#r", "directive", "#r \"path.dll\" or #r \"nuget: Name, Version\"", "References an assembly or a package."),
        new("#load", "directive", "#load \"path.cs\"", "Runs a file of C# in this cell."),
        new("#!import", "directive", "#!import path", "Runs a file of C#, or the code cells of a notebook."),
        new("#!time", "directive", "#!time", "Tells how long the cell took."),
        new("#!whos", "directive", "#!whos", "Lists the variables."),
        new("#!about", "directive", "#!about", "Tells what runs the cells."),
    ];

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
        if (FileArgument().Match(line) is { Success: true } file)
        {
            var typed = file.Groups["path"];
            var slash = typed.Value.LastIndexOfAny(['/', '\\']) + 1;
            var span = TextSpan.FromBounds(start + typed.Index + slash, position);
            return (span, Files(folder, typed.Value[..slash], typed.Value[slash..], Extensions(file.Groups["command"].Value)));
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

    private static string[] Extensions(string command) => command switch
    {
        "#r" => [".dll"],
        "#load" => [".cs", ".csx"],
        _ => [".cs", ".csx", ".ipynb"],
    };

    private static ImmutableArray<CompletionItem> Files(string root, string folder, string typed, string[] extensions)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(Path.GetFullPath(folder, root)).EnumerateFileSystemInfos()
                    .Where(entry => entry.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && !entry.Name.StartsWith('.'))
                    .Where(entry => entry is DirectoryInfo || extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
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

    [GeneratedRegex("""^\s*(?<command>#r|#load|#!import)\s*(?:"|(?<=#!import\s+))(?<path>(?!nuget:)[^"]*)$""")]
    private static partial Regex FileArgument();

    // Other directives, #if and #region among them, are C#'s own.
    [GeneratedRegex(@"^\s*(?<command>#(?:!\w*|r|l\w*)?)$")]
    private static partial Regex Command();
}
