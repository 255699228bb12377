namespace Workbook.Editing;

/// <summary>
/// Positions as Jupyter counts them, in Unicode code points, and as .NET does, in UTF-16 units: a character outside the basic plane is one
/// of the former and two of the latter.
/// </summary>
public static class CodePoints
{
    /// <summary>The UTF-16 position of a code point; one past the end, or before the start, is the end, or the start.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        ArgumentNullException.ThrowIfNull(text);
        var position = 0;
        for (; codePoints > 0 && position < text.Length; codePoints--)
        {
            position += IsPair(text, position) ? 2 : 1;
        }
        return position;
    }

    /// <summary>The number of code points before a UTF-16 position; within a pair, those before the pair.</summary>
    public static int FromUtf16(string text, int position)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, text.Length);
        var count = 0;
        for (var at = 0; at < position; count++)
        {
            at += IsPair(text, at) ? 2 : 1;
            if (at > position)
            {
                break;
            }
        }
        return count;
    }

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
