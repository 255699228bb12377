namespace Workbook.Editing.Inspection;

/// <summary>What is to be said about the place where the cursor is.</summary>
/// <param name="PlainText">For a terminal.</param>
/// <param name="Markdown">The same for a client that renders it.</param>
public sealed record CellInspection(string PlainText, string Markdown);
