using System.Text.RegularExpressions;

namespace Workbook.Formatting;

/// <summary>Whether a table's column holds numbers, whose digits are to stand below one another.</summary>
internal static partial class NumberColumn
{
    /// <summary>Whether there are numbers, and besides them nothing but gaps.</summary>
    /// <param name="values">The column's values; what has no value is null.</param>
    public static bool Are(IEnumerable<object?> values)
    {
        var texts = values.Select(value => value is null ? "" : ValueReader.IsWords(value) ? ValueWords.Of(value) : "?").Where(text => text.Length > 0).ToList();
        return texts.Count > 0 && texts.All(text => Number().IsMatch(text));
    }

    /// <summary>A number, perhaps with a sign, an exponent, and a unit of one word behind it.</summary>
    [GeneratedRegex(@"^[+\-\u2212]?(\d[\d,]*(\.\d+)?|\.\d+)(E[+-]?\d+)?(\s?[%‰°\p{L}µ²]{1,8}(/\p{L}{1,3})?)?$|^-?(NaN|Infinity|∞)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
