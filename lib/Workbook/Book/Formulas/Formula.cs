namespace Workbook.Book.Formulas;

/// <summary>A formula written in TeX, and what became of it.</summary>
/// <param name="Source">The TeX between the dollar signs.</param>
/// <param name="MathMl">The formula as MathML; null where it is refused.</param>
/// <param name="Error">Why it is refused, so that its source is shown; null where it is typeset.</param>
/// <remarks>A formula is typeset whole or not at all, for one with a piece left out would say something else.</remarks>
public sealed record Formula(string Source, string? MathMl, string? Error);
