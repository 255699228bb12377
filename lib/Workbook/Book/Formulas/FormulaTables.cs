using System.Xml.Linq;
using static Workbook.Book.Formulas.MathElements;

namespace Workbook.Book.Formulas;

/// <summary>Matrices, cases and aligned lines: rows that end in <c>\\</c>, cells between <c>&amp;</c>.</summary>
internal static class FormulaTables
{
    /// <summary>The environment whose <c>\begin</c> has been taken, up to its <c>\end</c>.</summary>
    public static XElement Read(FormulaParser parser)
    {
        var name = parser.Reader.TakeRaw("begin");
        var (open, close) = name switch
        {
            "matrix" or "aligned" or "align*" or "split" or "gathered" or "array" => ("", ""),
            "cases" => ("{", ""),
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            _ => throw new FormulaException($"\\begin{{{name}}} is not among the environments that the book typesets"),
        };
        if (name == "array")
        {
            parser.Reader.TakeRaw("begin{array}"); // the columns' sides; a matrix is centred
        }
        var table = Table(parser, name);
        Lay(table, name);
        var row = new XElement("mrow", table);
        if (open.Length > 0)
        {
            row.AddFirst(Fence(open, grows: true, isOpen: true));
        }
        if (close.Length > 0)
        {
            row.Add(Fence(close, grows: true, isOpen: false));
        }
        return row;
    }

    private static XElement Table(FormulaParser parser, string name)
    {
        var table = new XElement("mtable");
        var cells = new XElement("mtr");
        while (true)
        {
            cells.Add(new XElement("mtd", parser.Atoms(
                token => token.IsSign("&") || token.IsCommand("\\") || token.IsCommand("end"), $"\\begin{{{name}}}")));
            switch (parser.Reader.Take().Text)
            {
                case "\\":
                    table.Add(cells);
                    cells = new XElement("mtr");
                    break;
                case "end":
                    if (parser.Reader.TakeRaw("end") is var closed && closed != name)
                    {
                        throw new FormulaException($"\\begin{{{name}}} is closed by \\end{{{closed}}}");
                    }
                    // A last \\ ends its line; it does not begin another.
                    if (cells.Elements().Any(cell => cell.HasElements))
                    {
                        table.Add(cells);
                    }
                    return table;
            }
        }
    }

    // Browsers keep to style sheets here: MathML Core has no attributes for the sides of columns.
    private static void Lay(XElement table, string name)
    {
        if (name is "aligned" or "align*" or "split")
        {
            table.SetAttributeValue("displaystyle", "true");
        }
        foreach (var row in table.Elements())
        {
            foreach (var (index, cell) in row.Elements().Index())
            {
                var style = name switch
                {
                    "cases" => "text-align:left;padding-inline:0 1em",
                    "aligned" or "align*" or "split" => index % 2 == 0 ? "text-align:right;padding-inline:0" : "text-align:left;padding-inline:0",
                    _ => null,
                };
                cell.SetAttributeValue("style", style);
            }
        }
    }
}
