using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>Turns TeX into MathML: rows of atoms, with scripts on them and the space that belongs between them.</summary>
internal sealed class FormulaParser(TexReader reader, bool display)
{
    private const double ThinSpace = 1 / 6d;

    /// <summary>What is still to be read.</summary>
    public TexReader Reader { get; } = reader;

    /// <summary>True where there is room for limits above and below a sum: on a line of its own, outside fractions and scripts.</summary>
    public bool Display { get; private set; } = display;

    /// <summary>A whole formula as one row.</summary>
    /// <exception cref="FormulaException">Something in it is not understood.</exception>
    public static XElement Read(string source, bool display) =>
        new("mrow", new FormulaParser(new TexReader(source), display).Atoms(token => token.Kind == TexKind.End, "the formula"));

    /// <summary>Atoms up to a piece that ends them, which is left where it is.</summary>
    /// <param name="ends">Tells that piece.</param>
    /// <param name="opened">What the piece would close, for the complaint that it is missing.</param>
    public List<XElement> Atoms(Func<TexToken, bool> ends, string opened)
    {
        var row = new List<XElement>();
        AtomKind? before = null;
        for (var token = Reader.Peek(); !ends(token); token = Reader.Peek())
        {
            if (token.Kind == TexKind.End)
            {
                throw new FormulaException($"{opened} is not closed");
            }
            var atom = Scripted();
            if (IsSign(before, atom))
            {
                atom.Markup.SetAttributeValue("form", "prefix");
            }
            if (NeedsSpace(before, atom.Kind))
            {
                row.Add(Space(ThinSpace));
            }
            row.Add(atom.Markup);
            before = atom.Kind;
        }
        return row;
    }

    /// <summary>What a command applies to: a group in braces, or the one atom behind it.</summary>
    /// <param name="inline">True where what is read has no room for limits.</param>
    public XElement Argument(bool inline = false)
    {
        var outside = Display;
        Display = outside && !inline;
        var argument = FormulaAtoms.Read(this, Reader.TakeOne()).Markup;
        Display = outside;
        return argument;
    }

    /// <summary>The inside of a group, whose opening brace has been taken, and its end.</summary>
    public XElement Group()
    {
        var row = Atoms(token => token.IsSign("}"), "a {");
        Reader.Take();
        return Row(row);
    }

    // A minus with nothing to subtract from.
    private static bool IsSign(AtomKind? before, Atom atom) => atom.Kind == AtomKind.Binary && atom.Markup.Name == "mo"
        && before is null or AtomKind.Binary or AtomKind.Relation or AtomKind.Open or AtomKind.Punctuation or AtomKind.LargeOperator or AtomKind.Function;

    // log x, 2 log x, but log(x).
    private static bool NeedsSpace(AtomKind? before, AtomKind kind) => (before, kind) is
        (AtomKind.Function, AtomKind.Ordinary or AtomKind.Function or AtomKind.LargeOperator) or
        (AtomKind.Ordinary or AtomKind.Close, AtomKind.Function);

    private Atom Scripted()
    {
        var atom = Reader.Peek() is { Kind: TexKind.Sign, Text: "^" or "_" or "'" }
            ? new Atom(new XElement("mrow"))
            : FormulaAtoms.Read(this, Reader.Take());
        var limits = atom.HasLimits && Display;
        if (Reader.Peek() is { Kind: TexKind.Command, Text: "limits" or "nolimits" })
        {
            limits = Reader.Take().Text == "limits";
        }
        XElement? under = null, over = null;
        var primes = "";
        while (Reader.Peek() is { Kind: TexKind.Sign, Text: "^" or "_" or "'" })
        {
            switch (Reader.Take().Text)
            {
                case "'":
                    primes += '′';
                    break;
                case "_":
                    under = under is null ? Argument(inline: true) : throw new FormulaException("a symbol has two subscripts");
                    break;
                default:
                    over = over is null ? Argument(inline: true) : throw new FormulaException("a symbol has two superscripts");
                    break;
            }
        }
        if (primes.Length > 0)
        {
            over = over is null ? Operator(primes) : new XElement("mrow", Operator(primes), over);
        }
        return (under, over) switch
        {
            (null, null) => atom,
            (_, null) => atom with { Markup = new XElement(limits ? "munder" : "msub", atom.Markup, under) },
            (null, _) => atom with { Markup = new XElement(limits ? "mover" : "msup", atom.Markup, over) },
            _ => atom with { Markup = new XElement(limits ? "munderover" : "msubsup", atom.Markup, under, over) },
        };
    }
}
