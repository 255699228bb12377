using System.Collections.Immutable;

namespace Workbook.Book;

/// <summary>A book that has been written.</summary>
/// <param name="Start">The full path of the page to open.</param>
/// <param name="Lessons">How many lessons it has.</param>
/// <param name="Remarks">What could not be shown as it was meant, each with its notebook and cell: formulas shown as their source, files that are no notebooks.</param>
public sealed record WrittenBook(string Start, int Lessons, ImmutableArray<string> Remarks);
