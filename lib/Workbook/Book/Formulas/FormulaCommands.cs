using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>Commands that build something out of what stands behind them.</summary>
internal static class FormulaCommands
{
    /// <summary>What a command builds; its name has been taken.</summary>
    /// <exception cref="FormulaException">The command is not known here.</exception>
    public static Atom Read(FormulaParser parser, string name)
    {
        if (FormulaSymbols.Accents.TryGetValue(name, out var accent))
        {
            var mark = new XElement("mo", new XAttribute("stretchy", FormulaSymbols.WideAccents.Contains(name) ? "true" : "false"), accent);
            return new Atom(new XElement("mover", new XAttribute("accent", "true"), parser.Argument(), mark));
        }
        switch (name)
        {
            case "frac" or "tfrac" or "dfrac" or "cfrac":
                return new Atom(Fraction(parser, name));
            case "binom":
                var choose = new XElement("mfrac", new XAttribute("linethickness", "0"), parser.Argument(inline: true), parser.Argument(inline: true));
                return new Atom(new XElement("mrow", Fence("(", grows: true, isOpen: true), choose, Fence(")", grows: true, isOpen: false)));
            case "sqrt":
                return new Atom(Root(parser));
            case "text" or "textrm" or "textnormal" or "mbox" or "textit":
                return new Atom(Text(parser.Reader.TakeRaw(name)));
            case "textbf":
                return new Atom(FormulaAlphabets.Bold(Text(parser.Reader.TakeRaw(name))));
            case "mathrm" or "mathit" or "mathbf" or "boldsymbol" or "bm" or "mathbb" or "mathcal" or "mathsf" or "mathtt":
                return new Atom(FormulaAlphabets.Read(parser, name));
            case "operatorname":
                var limits = parser.Reader.TryTake("*");
                return new Atom(Upright(parser.Reader.TakeRaw(name)), AtomKind.Function, limits);
            case "left":
                return FormulaDelimiters.Pair(parser);
            case "big" or "bigl" or "bigr" or "bigm" or "Big" or "Bigl" or "Bigr" or "Bigm" or "bigg" or "biggl" or "biggr" or "Bigg" or "Biggl" or "Biggr":
                return FormulaDelimiters.Sized(parser, name);
            case "begin":
                return new Atom(FormulaTables.Read(parser));
            case "underline":
                return new Atom(new XElement("munder", parser.Argument(), new XElement("mo", new XAttribute("stretchy", "true"), "_")));
            case "underbrace":
                return new Atom(new XElement("munder", parser.Argument(), new XElement("mo", new XAttribute("stretchy", "true"), "⏟")), HasLimits: true);
            case "overbrace":
                return new Atom(new XElement("mover", parser.Argument(), new XElement("mo", new XAttribute("stretchy", "true"), "⏞")), HasLimits: true);
            case "overset" or "stackrel":
                var above = parser.Argument(inline: true);
                return new Atom(new XElement("mover", parser.Argument(), above), AtomKind.Relation);
            case "underset":
                var below = parser.Argument(inline: true);
                return new Atom(new XElement("munder", parser.Argument(), below), AtomKind.Relation);
            case "displaystyle" or "textstyle":
                var rest = parser.Atoms(token => token.Kind == TexKind.End || token.Text is "}" or "&" or "\\" or "right" or "end", "\\" + name);
                return new Atom(new XElement("mstyle", new XAttribute("displaystyle", name == "displaystyle" ? "true" : "false"), rest));
            default:
                throw new FormulaException($"\\{name} is not among the commands that the book typesets");
        }
    }

    private static XElement Fraction(FormulaParser parser, string name)
    {
        var fraction = new XElement("mfrac", parser.Argument(inline: true), parser.Argument(inline: true));
        return name switch
        {
            "tfrac" => new XElement("mstyle", new XAttribute("displaystyle", "false"), fraction),
            "dfrac" or "cfrac" => new XElement("mstyle", new XAttribute("displaystyle", "true"), fraction),
            _ => fraction,
        };
    }

    private static XElement Root(FormulaParser parser)
    {
        if (!parser.Reader.TryTake("["))
        {
            return new XElement("msqrt", parser.Argument(inline: true));
        }
        var index = Row(parser.Atoms(token => token.IsSign("]"), "the [ after \\sqrt"));
        parser.Reader.Take();
        return new XElement("mroot", parser.Argument(inline: true), index);
    }
}
