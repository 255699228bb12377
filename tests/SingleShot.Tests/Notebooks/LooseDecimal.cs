using System.Text.RegularExpressions;

namespace SingleShot.Tests.Notebooks;

/// <summary>A decimal in a lesson's text of which nothing tells where it comes from.</summary>
/// <remarks>
/// A run, a source or a calculation has to stand behind a decimal: it is tied to a cell's output (<see cref="TiedNumber"/>); or it stands in
/// the lesson's own code; or in a formula; or its paragraph, list item or table names the paper, its authors or torchvision, or where it was
/// measured. A table or a numbered list belongs to the paragraph above it. Exercises and open questions state numbers of their own.
/// </remarks>
internal static partial class LooseDecimal
{
    /// <summary>The loose decimals of a lesson, each with its cell and the start of its line.</summary>
    public static IEnumerable<string> In(LessonFile lesson)
    {
        var code = string.Join('\n', lesson.Code.Select(cell => cell.Text));
        var known = Decimal().Matches(code).Select(number => number.Value).ToHashSet();
        return lesson.Prose.TakeWhile(cell => !cell.Text.StartsWith("## Exercises", StringComparison.Ordinal)).SelectMany(cell => Blocks(cell.Text)
            .Where(block => !Source().IsMatch(block))
            .SelectMany(block => block.Split('\n'))
            .SelectMany(line => Decimal().Matches(WithoutWhatIsExplained(line)).Select(number => number.Value).Where(number => !known.Contains(number))
                .Select(number => $"{cell.Id}: {number} in \"{line[..Math.Min(line.Length, 80)]}\"")));
    }

    // Paragraphs; a list item is one, too, and a table goes with the paragraph before it.
    private static string[] Blocks(string markdown) => BlockEnd().Split(markdown);

    private static string WithoutWhatIsExplained(string line) => Explained().Replace(line, " ");

    [GeneratedRegex(@"(?<![\w.])\d+\.\d+(?![\d.]*\d)")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\n\n(?!\||1\. )|\n(?=- )")]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"\b[Pp]aper|\b[Aa]uthors|\b[Tt]orchvision|\(measured: ")]
    private static partial Regex Source();

    // A tied number with its comment, a formula, code, the address of a link.
    [GeneratedRegex(@"\S+(?: ?%)?<!--.*?-->|\$\$?[^$]+\$\$?|`[^`]*`|\]\([^)]*\)")]
    private static partial Regex Explained();
}
