using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Execution;

/// <summary>A cell's text with the workbook's own directives taken out.</summary>
/// <param name="Code">What is left for the compiler; every line keeps its number.</param>
/// <param name="Imports">The files that <c>#!import</c> names.</param>
internal sealed partial record CellDirectives(string Code, ImmutableArray<string> Imports)
{
    /// <summary>Reads a cell's directives.</summary>
    /// <exception cref="CellDirectiveException">A directive is not one that this program knows.</exception>
    public static CellDirectives Read(string source)
    {
        var imports = ImmutableArray.CreateBuilder<string>();
        var code = source.ToCharArray();
        // Only C# itself knows which # begins a directive and which is inside a text or a comment.
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        foreach (var trivia in root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective))
        {
            var start = trivia.SpanStart;
            var end = source.IndexOf('\n', start) is var found and >= 0 ? found : source.Length;
            var text = source[start..end].Trim();
            var line = source.AsSpan(0, start).Count('\n') + 1;
            if (text.StartsWith("#!", StringComparison.Ordinal))
            {
                imports.Add(Import(text, line));
                code.AsSpan(start, end - start).Fill(' ');
            }
            else if (PackageReference().IsMatch(text))
            {
                throw new CellDirectiveException(
                    $"{text}: packages are not fetched here. Reference a compiled assembly by its path: #r \"folder/name.dll\".", line);
            }
        }
        RefuseMagic(source);
        return new CellDirectives(new string(code), imports.ToImmutable());
    }

    private static string Import(string text, int line) => ImportDirective().Match(text) is { Success: true } match
        ? match.Groups["path"].Value
        : throw new CellDirectiveException(
            $"'{text.Split(' ')[0]}' is not a command of this workbook. Cells hold C#, #r \"file.dll\" and #!import file only.", line);

    // A percent sign begins a magic only before any code: later it is C#'s remainder.
    private static void RefuseMagic(string source)
    {
        var lines = source.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var text = lines[index].Trim();
            if (text.StartsWith('%'))
            {
                throw new CellDirectiveException(
                    $"'{text.Split(' ')[0]}' is not a command of this workbook. Cells hold C#, #r \"file.dll\" and #!import file only.", index + 1);
            }
            if (text.Length > 0 && !text.StartsWith('#') && !text.StartsWith("//", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    [GeneratedRegex("""^#!import\s+(?:"(?<path>[^"]+)"|(?<path>\S.*))$""")]
    private static partial Regex ImportDirective();

    [GeneratedRegex("""^#\s*[ri]\s+"nuget\s*:""", RegexOptions.IgnoreCase)]
    private static partial Regex PackageReference();
}
