using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Workbook.Execution.Packages;

namespace Workbook.Execution.Directives;

/// <summary>A directive that cells may hold. Reading, completion and error messages all take them from this one list.</summary>
/// <param name="Word">What it begins with, for instance <c>#!time</c>.</param>
/// <param name="Forms">How it is written.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Read">Makes a <see cref="Directive"/> of its line; null where the line is for the compiler alone.</param>
internal sealed partial record KnownDirective(
    string Word, ImmutableArray<string> Forms, string Summary, Func<DirectiveLine, Directive?> Read)
{
    /// <summary>All of them, in the order in which they are named.</summary>
    public static ImmutableArray<KnownDirective> All { get; } =
    [
        new("#r", ["#r \"file.dll\"", "#r \"nuget: Name, Version\""], "References an assembly or a package.", Reference) { Files = [".dll"] },
        new("#i", ["#i \"nuget: source\""], "Adds an address or a folder that packages come from.", Source),
        new("#load", ["#load \"file.csx\""], "Runs a file of C# in this cell.", line => new LoadDirective(Quoted(line), line.Number)) { Files = [".cs", ".csx"] },
        new("#!import", ["#!import file"], "Runs a file of C#, or the code cells of a notebook.", Import) { Files = [".cs", ".csx", ".ipynb"] },
        new("#!time", ["#!time"], "Tells how long the cell took.", line => new TimeDirective(line.Number)),
        new("#!who", ["#!who"], "Names the variables.", Question),
        new("#!whos", ["#!whos"], "Lists the variables with their types and values.", Question),
        new("#!about", ["#!about"], "Tells what runs the cells.", Question),
    ];

    /// <summary>The endings of the files that it names; none where it names no file.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>A sentence that shows how each of them is written.</summary>
    public static string Overview
    {
        get
        {
            var forms = All.SelectMany(one => one.Forms).ToList();
            return $"There are: {string.Join(", ", forms.SkipLast(1))} and {forms[^1]}.";
        }
    }

    /// <summary>The directive that a word begins; null where there is none.</summary>
    public static KnownDirective? Of(string word) => All.FirstOrDefault(one => one.Word == word);

    /// <summary>The word with its sign that a directive's line begins with; null where the line is one of the compiler's own.</summary>
    public static string? WordOf(string text) => WordForm().Match(text) is { Success: true } match ? $"#{match.Groups["word"].Value}" : null;

    private static PackageDirective? Reference(DirectiveLine line) =>
        !PackageRequest.IsPackage(Quoted(line)) ? null
            : PackageRequest.Parse(Quoted(line)) is { } request ? new PackageDirective(request, line.Number)
            : throw new CellDirectiveException($"{line.Text}: write #r \"nuget: Name, Version\", or #r \"nuget: Name\" for the newest version.", line.Number);

    private static SourceDirective Source(DirectiveLine line) =>
        SourceForm().Match(Quoted(line)) is { Success: true } match ? new SourceDirective(match.Groups["source"].Value, line.Number)
            : throw new CellDirectiveException($"{line.Text}: write #i \"nuget: source\" with an address or a folder of packages.", line.Number);

    private static ImportDirective Import(DirectiveLine line) =>
        ImportForm().Match(line.Text) is { Success: true } match ? new ImportDirective(match.Groups["path"].Value, line.Number)
            : throw new CellDirectiveException("#!import needs a file of C# or a notebook: #!import folder/file.cs", line.Number);

    private static QuestionDirective Question(DirectiveLine line) => new(WordOf(line.Text)![2..], line.IsBeforeCode, line.Number);

    private static string Quoted(DirectiveLine line) => line.Text.Split('"') is [_, var text, _, ..] ? text : "";

    [GeneratedRegex("""^#(?<word>!\S*)|^#\s*(?<word>r|load)\s+"[^"]*"|^#\s*(?<word>i)\b""")]
    private static partial Regex WordForm();

    [GeneratedRegex("""^#!import\s+(?:"(?<path>[^"]+)"|(?<path>[^"\s].*))$""")]
    private static partial Regex ImportForm();

    [GeneratedRegex(@"^\s*nuget\s*:\s*(?<source>\S.*?)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex SourceForm();
}

/// <summary>A line of a cell that holds a directive.</summary>
/// <param name="Text">The line from the sign on, without blanks at its end.</param>
/// <param name="Number">Its number in the cell, from 1.</param>
/// <param name="IsBeforeCode">Whether it stands above the cell's code.</param>
internal readonly record struct DirectiveLine(string Text, int Number, bool IsBeforeCode);
