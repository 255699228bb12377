namespace Workbook.Formatting;

/// <summary>Where a picture of a value stops, so that a large or endless one still shows.</summary>
internal static class FormatLimits
{
    /// <summary>Items of a sequence, and entries of a dictionary.</summary>
    public const int Items = 20;

    /// <summary>Columns of a table, and properties of an object.</summary>
    public const int Members = 20;

    /// <summary>Values within values; what lies deeper is shown by its type's name.</summary>
    public const int Depth = 3;

    /// <summary>Characters of one value inside a table; a value on its own is shown whole.</summary>
    public const int CellText = 400;

    /// <summary>Cuts text that stands inside a larger whole.</summary>
    public static string Cut(string text) => text.Length <= CellText ? text : text[..CellText] + "…";

    /// <summary>The first items of a sequence, and how to say that there are more; null where there are not.</summary>
    public static (IReadOnlyList<object?> Items, string? More) First(System.Collections.IEnumerable sequence)
    {
        var items = new List<object?>();
        foreach (var item in sequence)
        {
            if (items.Count == Items)
            {
                return (items, sequence is System.Collections.ICollection all ? $"… {all.Count - Items} more" : "… more");
            }
            items.Add(item);
        }
        return (items, null);
    }
}
