namespace Workbook.Book;

/// <summary>Where and why a lesson's run ended early.</summary>
/// <param name="Cell">The number of the code cell, from 1.</param>
/// <param name="Anchor">The cell's anchor on its page.</param>
/// <param name="Error">The error's name and message.</param>
/// <param name="NotRun">Code cells behind it that did not run.</param>
internal sealed record Trouble(int Cell, string Anchor, string Error, int NotRun);
