using System.Globalization;
using System.Net;
using System.Text;

namespace SingleShot.Figures.Drawing;

/// <summary>Text and numbers as HTML, SVG and scripts want them.</summary>
internal static class Html
{
    /// <summary>Text that no browser takes for markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Printable(text));

    /// <summary>Text without the characters that XML forbids.</summary>
    public static string Printable(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? string.Concat(text.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF)))
        : text;

    /// <summary>A number with at most this many decimals and a point.</summary>
    public static string Number(double value, int decimals = 2) =>
        (Math.Round(value, decimals) + 0d).ToString("0.#####", CultureInfo.InvariantCulture);

    /// <summary>JSON for the inside of a script element: no name in it can end the element.</summary>
    public static string Script(string json) => json
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal)
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    /// <summary>A line of text under a figure; nothing for no text.</summary>
    public static string Caption(string? caption, double width) => string.IsNullOrEmpty(caption)
        ? ""
        : $"<figcaption style=\"font:13px/1.45 sans-serif;margin-top:4px;max-width:{Number(width)}px\">{Text(caption)}</figcaption>";
}
