using System.Text.RegularExpressions;

namespace Workbook.Book.Content;

/// <summary>Text without what a page cannot show: a terminal's colors, and characters that HTML does not allow.</summary>
internal static partial class PrintableText
{
    /// <summary>The text as it reads.</summary>
    public static string Of(string text) => Unprintable().Replace(text, "");

    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")]
    private static partial Regex Unprintable();
}
