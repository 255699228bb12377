using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>Brackets and bars: alone, or in pairs that grow with what stands between them.</summary>
internal static class FormulaDelimiters
{
    /// <summary>A bracket by its command, as tall as the text.</summary>
    public static Atom Of(string name, string sign) => Side(name, sign) switch
    {
        AtomKind.Ordinary => new Atom(Bar(sign)),
        var side => new Atom(Fence(sign, grows: false, isOpen: side == AtomKind.Open), side),
    };

    /// <summary>The pair that <c>\left</c> begins, up to its <c>\right</c>.</summary>
    public static Atom Pair(FormulaParser parser)
    {
        var row = new List<XElement>();
        AddFence(row, Read(parser, "left"), isOpen: true);
        while (true)
        {
            row.AddRange(parser.Atoms(token => token.IsCommand("right") || token.IsCommand("middle"), "\\left"));
            if (parser.Reader.Take().Text == "right")
            {
                break;
            }
            row.Add(Bar(Read(parser, "middle"), grows: true));
        }
        AddFence(row, Read(parser, "right"), isOpen: false);
        return new Atom(new XElement("mrow", row));
    }

    /// <summary>A bracket of a size that the author chose: \big and its like.</summary>
    public static Atom Sized(FormulaParser parser, string command)
    {
        var size = command.TrimEnd('l', 'r', 'm') switch { "big" => "1.2em", "Big" => "1.8em", "bigg" => "2.4em", _ => "3em" };
        var (open, sign) = (parser.Reader.Peek(), Read(parser, command));
        var side = command[^1] switch { 'l' => AtomKind.Open, 'r' => AtomKind.Close, _ => Side(open.Text, sign) };
        var markup = side == AtomKind.Ordinary ? Bar(sign, grows: true) : Fence(sign, grows: true, isOpen: side == AtomKind.Open);
        markup.SetAttributeValue("minsize", size);
        markup.SetAttributeValue("maxsize", size);
        return new Atom(markup, side);
    }

    private static string Read(FormulaParser parser, string after)
    {
        var token = parser.Reader.Take();
        return token switch
        {
            { Kind: TexKind.Sign, Text: "(" or ")" or "[" or "]" or "|" or "/" or "<" or ">" or "." } =>
                token.Text switch { "." => "", "<" => "⟨", ">" => "⟩", _ => token.Text },
            { Kind: TexKind.Command } when FormulaSymbols.Delimiters.TryGetValue(token.Text, out var sign) => sign,
            _ => throw new FormulaException($"{token} is no bracket; one belongs after \\{after}"),
        };
    }

    private static void AddFence(List<XElement> row, string sign, bool isOpen)
    {
        if (sign.Length > 0)
        {
            row.Add(Fence(sign, grows: true, isOpen));
        }
    }

    private static AtomKind Side(string name, string sign) => name switch
    {
        "lvert" or "lVert" => AtomKind.Open,
        "rvert" or "rVert" => AtomKind.Close,
        _ => sign switch
        {
            "(" or "[" or "{" or "⟨" or "⌊" or "⌈" => AtomKind.Open,
            ")" or "]" or "}" or "⟩" or "⌋" or "⌉" => AtomKind.Close,
            _ => AtomKind.Ordinary,
        },
    };
}
