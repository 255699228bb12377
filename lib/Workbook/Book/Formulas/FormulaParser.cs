using System.Xml.Linq;
using static Workbook.Book.Formulas.FormulaSymbols;

namespace Workbook.Book.Formulas;

/// <summary>Turns TeX into MathML: rows of atoms, with scripts on them and the space that belongs between them.</summary>
internal sealed class FormulaParser
{
    private const double ThinSpace = 1 / 6d;

    private readonly TexReader _reader;
    private bool _limits; // room above and below a sum: on a line of its own, outside fractions and scripts

    private FormulaParser(string source, bool display)
    {
        _reader = new TexReader(source);
        _limits = display;
    }

    /// <summary>A whole formula as one row.</summary>
    /// <param name="source">The TeX.</param>
    /// <param name="display">True for a formula on a line of its own.</param>
    /// <exception cref="FormulaException">Something in it is not understood.</exception>
    public static XElement Read(string source, bool display) => new("mrow", new FormulaParser(source, display).Row("the formula", ""));

    /// <summary>Atoms up to a piece that ends them, which is left where it is.</summary>
    private List<XElement> Row(string opened, params ReadOnlySpan<string> ends)
    {
        var row = new List<XElement>();
        AtomKind? before = null;
        for (var piece = _reader.Peek(); !ends.Contains(piece); piece = _reader.Peek())
        {
            var atom = piece.Length > 0 ? Scripted() : throw new FormulaException($"{opened} is not closed");
            if ((before is null or AtomKind.Operator or AtomKind.Open or AtomKind.Function) && atom.Markup is { Name.LocalName: "mo", Value: "−" or "+" })
            {
                atom.Markup.SetAttributeValue("form", "prefix"); // nothing to subtract from
            }
            // log x, 2 log x, but log(x).
            if ((before, atom.Kind) is (AtomKind.Function, AtomKind.Ordinary or AtomKind.Function) or (AtomKind.Ordinary or AtomKind.Close, AtomKind.Function))
            {
                row.Add(Space(ThinSpace));
            }
            row.Add(atom.Markup);
            before = atom.Kind;
        }
        return row;
    }

    private Atom Scripted()
    {
        var atom = _reader.Peek() is "^" or "_" or "'" ? new Atom(new XElement("mrow"))
            : char.IsAsciiDigit(_reader.Peek()[0]) ? new Atom(new XElement("mn", _reader.Take() + _reader.TakeRestOfNumber()))
            : Next();
        XElement? under = null, over = null;
        while (_reader.Peek() is "^" or "_" or "'")
        {
            switch (_reader.Take())
            {
                case "_":
                    under = under is null ? Argument(limits: false) : throw new FormulaException("a symbol has two subscripts");
                    break;
                case "^":
                    over = over is null ? Argument(limits: false) : throw new FormulaException("a symbol has two superscripts");
                    break;
                default:
                    over = over is null ? new XElement("mo", "′") : throw new FormulaException("a prime follows a superscript");
                    break;
            }
        }
        var limits = atom.HasLimits && _limits;
        return (under, over) switch
        {
            (null, null) => atom,
            (_, null) => atom with { Markup = new XElement(limits ? "munder" : "msub", atom.Markup, under) },
            (null, _) => atom with { Markup = new XElement(limits ? "mover" : "msup", atom.Markup, over) },
            _ => atom with { Markup = new XElement(limits ? "munderover" : "msubsup", atom.Markup, under, over) },
        };
    }

    private Atom Next() => _reader.Take() switch
    {
        "" => throw new FormulaException("something is missing at the end of the formula"),
        "{" => new Atom(Group()),
        var piece when Find(piece) is { } atom => atom,
        var piece when piece[0] == '\\' => Built(piece),
        var piece when char.IsLetter(piece, 0) => new Atom(new XElement("mi", piece)),
        var piece when char.IsAsciiDigit(piece[0]) => new Atom(new XElement("mn", piece)), // one digit of a number, which is TeX's own rule: \frac12 is a half
        "}" or "&" or "^" or "_" or "#" or "%" or "$" => throw new FormulaException("a sign such as } & % stands where it means nothing"),
        var piece => new Atom(new XElement("mtext", piece)),
    };

    /// <summary>What a command builds out of what stands behind it.</summary>
    private Atom Built(string command)
    {
        if (Accents.TryGetValue(command, out var accent))
        {
            var mark = new XElement("mo", new XAttribute("stretchy", command == @"\overline" ? "true" : "false"), accent);
            return new Atom(new XElement("mover", new XAttribute("accent", "true"), Argument(_limits), mark));
        }
        return command switch
        {
            @"\frac" => new Atom(Fraction()),
            @"\tfrac" => new Atom(new XElement("mstyle", new XAttribute("displaystyle", "false"), Fraction())),
            @"\sqrt" => new Atom(new XElement("msqrt", Argument(limits: false))),
            @"\text" => new Atom(new XElement("mtext", _reader.TakeText(command).Replace(' ', '\u00a0'))), // MathML would drop spaces at the ends
            @"\mathrm" => new Atom(Upright(_reader.TakeText(command).Trim())),
            @"\mathbf" => new Atom(new XElement("mi", new XAttribute("style", "font-weight:bold;font-style:normal"), _reader.TakeText(command).Trim())),
            @"\operatorname" => new Atom(Upright(_reader.TakeText(command).Trim()), AtomKind.Function),
            @"\left" => new Atom(Pair()),
            @"\begin" => new Atom(Lines()),
            _ => throw new FormulaException($"{command} is not among the commands that the book typesets"),
        };
    }

    private XElement Argument(bool limits)
    {
        var outside = _limits;
        _limits = limits;
        var argument = Next().Markup;
        _limits = outside;
        return argument;
    }

    private XElement Fraction() => new("mfrac", Argument(limits: false), Argument(limits: false));

    private XElement Group()
    {
        var row = Row("a {", "}");
        _reader.Take();
        return row.Count == 1 ? row[0] : new XElement("mrow", row);
    }

    /// <summary>Brackets that grow with what stands between them; a point stands for none.</summary>
    private XElement Pair()
    {
        var pair = new XElement("mrow", Side(), Row(@"\left", @"\right"));
        _reader.Take();
        pair.Add(Side());
        return pair;

        XElement? Side() => _reader.Take() is var piece and not "." ? Bracket(piece, grows: true).Markup : null;
    }

    /// <summary>Cases or aligned lines: rows that end in <c>\\</c>, cells between <c>&amp;</c>.</summary>
    private XElement Lines()
    {
        var name = _reader.TakeText(@"\begin");
        var isCases = name == "cases";
        if (!isCases && name != "aligned")
        {
            throw new FormulaException($@"\begin{{{name}}} is not among the environments that the book typesets");
        }
        var (table, row) = (new XElement("mtable"), new XElement("mtr"));
        string end;
        do
        {
            // MathML Core leaves the sides of columns to style sheets.
            var side = isCases ? "text-align:left;padding-inline:.2em 1em" : row.HasElements ? "text-align:left;padding-inline:0" : "text-align:right;padding-inline:0";
            row.Add(new XElement("mtd", new XAttribute("style", side), Row($@"\begin{{{name}}}", "&", @"\\", @"\end")));
            end = _reader.Take();
            if (end != "&")
            {
                table.Add(row);
                row = new XElement("mtr");
            }
            if (end == @"\\" && _reader.Peek() == @"\end")
            {
                end = _reader.Take(); // a last \\ ends its line; it does not begin another
            }
        }
        while (end != @"\end");
        var closed = _reader.TakeText(@"\end");
        if (!isCases)
        {
            table.SetAttributeValue("displaystyle", "true"); // each line is one of its own
        }
        return closed != name ? throw new FormulaException($@"\begin{{{name}}} is closed by \end{{{closed}}}")
            : isCases ? new XElement("mrow", Bracket(@"\{", grows: true).Markup, table)
            : table;
    }
}
