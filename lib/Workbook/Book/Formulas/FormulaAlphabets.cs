using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>Letters of another cut: upright, bold, double-struck, script.</summary>
/// <remarks>Bold is the font's own bold: the bold letters among Unicode's mathematical ones are missing from many machines' fonts.</remarks>
internal static class FormulaAlphabets
{
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // The older letters of these two alphabets lie outside their row, and any font with mathematics has them.
    private const string DoubleStruck = "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ";
    private const string Script = "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵";

    /// <summary>What stands behind a command such as <c>\mathbf</c>, in its alphabet.</summary>
    public static XElement Read(FormulaParser parser, string command)
    {
        switch (command)
        {
            case "mathbb":
                return Identifier(Replace(parser.Reader.TakeRaw(command), DoubleStruck, command));
            case "mathcal":
                return Identifier(Replace(parser.Reader.TakeRaw(command), Script, command));
            case "mathbf" or "boldsymbol" or "bm":
                return Bold(Letters(parser.Argument(), upright: command == "mathbf"));
            default:
                return Letters(parser.Argument(), upright: command != "mathit");
        }
    }

    /// <summary>The same, bold.</summary>
    public static XElement Bold(XElement markup)
    {
        markup.SetAttributeValue("style", "font-weight:bold");
        return markup;
    }

    // Letters in a row are one word: \mathrm{loc} is not l times o times c.
    private static XElement Letters(XElement argument, bool upright)
    {
        if (argument.Name == "mrow" && argument.Elements().All(one => one.Name == "mi" && !one.HasAttributes))
        {
            return upright ? Upright(argument.Value) : new XElement("mi", new XAttribute("style", "font-style:italic"), argument.Value);
        }
        foreach (var letter in argument.DescendantsAndSelf("mi").Where(one => upright && one.Value.Length == 1))
        {
            letter.SetAttributeValue("mathvariant", "normal");
        }
        return argument;
    }

    private static string Replace(string letters, string alphabet, string command)
    {
        var signs = alphabet.EnumerateRunes().ToList();
        return string.Concat(letters.Where(one => !char.IsWhiteSpace(one)).Select(one => Capitals.IndexOf(one, StringComparison.Ordinal) is var index and >= 0
            ? signs[index].ToString()
            : throw new FormulaException($"\\{command} has capital letters only, not {one}")));
    }
}
