using System.Globalization;
using System.Text;

namespace SingleShot.Drawing;

/// <summary>The letters of labels, 5 x 7 points each, so that text is drawn on a machine that has no fonts.</summary>
internal static class Glyphs
{
    /// <summary>Points from the left of one letter to the left of the next.</summary>
    public const int Advance = 6;

    /// <summary>Rows of a letter.</summary>
    public const int Height = 7;

    private const char First = ' ';
    private const char Last = '~';
    private const int PerRow = 16; // of the sheet

    private static readonly string[] Sheet = ReadSheet();

    /// <summary>A text in the letters that there are: marks above letters fall away, and what is no letter of ASCII becomes a question mark.</summary>
    public static string Drawable(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
        .Select(letter => letter is >= First and <= Last ? letter : '?'));

    /// <summary>Whether a letter of <see cref="Drawable"/> has ink at a point.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="x">Column from the left, from 0; there is no ink beyond the fifth.</param>
    /// <param name="y">Row from the top, 0 to 6.</param>
    public static bool HasInk(char letter, int x, int y)
    {
        var (row, column) = Math.DivRem(letter - First, PerRow);
        var line = Sheet[row * (Height + 1) + y];
        return x < Advance - 1 && line[column * Advance + x] == '#';
    }

    private static string[] ReadSheet()
    {
        using var stream = typeof(Glyphs).Assembly.GetManifestResourceStream("glyphs.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
