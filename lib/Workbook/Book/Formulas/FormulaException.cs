namespace Workbook.Book.Formulas;

/// <summary>A formula that is not understood; the message says what in it.</summary>
internal sealed class FormulaException(string message) : Exception(message);
