namespace Workbook.Book;

/// <summary>A heading of a page.</summary>
/// <param name="Level">2 for a section of the lesson, 3 for one within it, and so on.</param>
/// <param name="Id">Its anchor, unlike any other on the page.</param>
/// <param name="Html">Its text as HTML, without links.</param>
internal sealed record Heading(int Level, string Id, string Html);
