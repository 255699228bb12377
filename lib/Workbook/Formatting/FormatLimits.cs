using System.Globalization;

namespace Workbook.Formatting;

/// <summary>How much of a value is shown, so that a large or endless one can be shown too.</summary>
internal static class FormatLimits
{
    /// <summary>Items of a sequence, and entries of a dictionary.</summary>
    public const int MaxItems = 20;

    /// <summary>Columns of a table, and properties of an object.</summary>
    public const int MaxMembers = 20;

    /// <summary>Values within values; what lies deeper is shown by its type's name.</summary>
    public const int MaxDepth = 4;

    /// <summary>Values in all, of whatever depth.</summary>
    public const int MaxValues = 2000;

    /// <summary>Bytes of a block of bytes.</summary>
    public const int MaxBytes = 32;

    private const int MaxInnerText = 400;
    private const int MaxText = 1_000_000;
    private const int ShownOfLongText = 100_000;

    /// <summary>Cuts text that stands inside a larger whole.</summary>
    public static string CutInner(string text) => text.Length <= MaxInnerText ? text : text[..MaxInnerText] + "…";

    /// <summary>Cuts text that stands on its own, and is longer than a notebook bears.</summary>
    public static string Cut(string text) => text.Length <= MaxText
        ? text
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, ShownOfLongText)}…\n({text.Length:N0} characters, of which the first {ShownOfLongText:N0} are shown)");
}
