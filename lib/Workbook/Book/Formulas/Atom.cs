using System.Xml.Linq;

namespace Workbook.Book.Formulas;

/// <summary>What an atom is to its neighbours: it decides what space is between them, and whether a minus behind it is a sign.</summary>
internal enum AtomKind
{
    Ordinary,
    Operator,
    Function,
    Open,
    Close,
}

/// <summary>A piece of a formula that scripts can be put on.</summary>
/// <param name="Markup">Its MathML, in the part of it that browsers share (MathML Core).</param>
/// <param name="Kind">What it is to its neighbours.</param>
/// <param name="HasLimits">Whether scripts stand above and below it where the formula has a line of its own.</param>
internal sealed record Atom(XElement Markup, AtomKind Kind = AtomKind.Ordinary, bool HasLimits = false);
