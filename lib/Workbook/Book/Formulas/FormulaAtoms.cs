using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>One atom: a group, a letter, a sign, or what a command stands for.</summary>
internal static class FormulaAtoms
{
    /// <summary>The atom that begins with a piece, which has been taken.</summary>
    /// <exception cref="FormulaException">No atom begins so.</exception>
    public static Atom Read(FormulaParser parser, TexToken token) => token.Kind switch
    {
        TexKind.Letter => new Atom(Identifier(token.Text)),
        TexKind.Number => new Atom(Number(token.Text)),
        TexKind.Sign => token.Text == "{" ? new Atom(parser.Group()) : Sign(token.Text),
        TexKind.Command => Symbol(token.Text) ?? FormulaCommands.Read(parser, token.Text),
        _ => throw new FormulaException("something is missing at the end of the formula"),
    };

    private static Atom Sign(string sign) => sign switch
    {
        "-" => new Atom(Operator("−"), AtomKind.Binary),
        "*" => new Atom(Operator("∗"), AtomKind.Binary),
        "+" => new Atom(Operator("+"), AtomKind.Binary),
        "=" or "<" or ">" or ":" => new Atom(Operator(sign), AtomKind.Relation),
        "(" or "[" => new Atom(Fence(sign, grows: false, isOpen: true), AtomKind.Open),
        ")" or "]" or "!" => new Atom(Fence(sign, grows: false, isOpen: false), AtomKind.Close),
        "|" or "/" => new Atom(Bar(sign)),
        "," or ";" => new Atom(Operator(sign), AtomKind.Punctuation),
        "~" => new Atom(Space(FormulaSymbols.Spaces[" "]), AtomKind.Space),
        "." or "?" => new Atom(new XElement("mtext", sign)),
        "}" or "&" or "^" or "_" or "'" or "#" or "%" or "$" => throw new FormulaException($"{sign} has no place there"),
        _ => new Atom(new XElement("mtext", sign)), // a sign written as itself: an arrow, a half
    };

    private static Atom? Symbol(string name)
    {
        if (FormulaSymbols.Letters.TryGetValue(name, out var sign))
        {
            return new Atom(Identifier(sign));
        }
        if (FormulaSymbols.Upright.TryGetValue(name, out sign))
        {
            return new Atom(MathElements.Upright(sign));
        }
        if (FormulaSymbols.Binary.TryGetValue(name, out sign))
        {
            return new Atom(Operator(sign), AtomKind.Binary);
        }
        if (FormulaSymbols.Relations.TryGetValue(name, out sign))
        {
            return new Atom(Operator(sign), AtomKind.Relation);
        }
        if (FormulaSymbols.Large.TryGetValue(name, out sign))
        {
            return new Atom(Operator(sign), AtomKind.LargeOperator, HasLimits: true);
        }
        if (FormulaSymbols.Integrals.TryGetValue(name, out sign))
        {
            return new Atom(Operator(sign), AtomKind.LargeOperator);
        }
        if (FormulaSymbols.Spaces.TryGetValue(name, out var em))
        {
            return new Atom(Space(em), AtomKind.Space);
        }
        return FormulaSymbols.Functions.Contains(name) ? new Atom(MathElements.Upright(name), AtomKind.Function)
            : FormulaSymbols.LimitFunctions.Contains(name) ? new Atom(MathElements.Upright(LimitName(name)), AtomKind.Function, HasLimits: true)
            : FormulaSymbols.Delimiters.TryGetValue(name, out sign) ? FormulaDelimiters.Of(name, sign)
            : null;
    }

    private static string LimitName(string name) => name switch
    {
        "limsup" => "lim sup",
        "liminf" => "lim inf",
        "argmax" => "arg max",
        "argmin" => "arg min",
        _ => name,
    };
}
