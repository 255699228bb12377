using System.Net;
using System.Xml.Linq;

namespace Workbook.Book.Formulas;

/// <summary>A formula written in TeX, as a page shows it.</summary>
/// <param name="Source">The TeX between the dollar signs.</param>
/// <param name="Html">MathML; where the formula is not understood, its source as code.</param>
/// <param name="Trouble">Why the source is shown; null where the formula is typeset.</param>
/// <remarks>
/// The subset is what lessons use: fractions, roots, scripts, sums with limits, accents, Greek, text, cases and aligned lines, brackets that grow, spaces.
/// A formula is typeset whole or not at all, for one with a piece left out would say something else.
/// </remarks>
public sealed record Formula(string Source, string Html, string? Trouble)
{
    /// <summary>Reads a formula.</summary>
    /// <param name="tex">The TeX, without dollar signs.</param>
    /// <param name="display">True for a formula on a line of its own, false for one in a sentence.</param>
    public static Formula Read(string tex, bool display)
    {
        ArgumentNullException.ThrowIfNull(tex);
        var source = Printable.Of(tex).Trim();
        try
        {
            var math = new XElement("math", new XAttribute("alttext", source), FormulaParser.Read(source, display));
            if (display)
            {
                math.SetAttributeValue("display", "block");
            }
            return new Formula(source, math.ToString(SaveOptions.DisableFormatting), Trouble: null);
        }
        catch (FormulaException e)
        {
            return new Formula(source, $"<code class=\"formula-source\">{WebUtility.HtmlEncode(source)}</code>", e.Message);
        }
    }
}
