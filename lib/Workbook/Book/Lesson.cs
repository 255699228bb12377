using System.Collections.Immutable;
using AngleSharp.Dom;

namespace Workbook.Book;

/// <summary>An executed notebook as a page of the book.</summary>
/// <param name="Notebook">The notebook's path from the folder that the book is made of, with slashes.</param>
/// <param name="Page">The page's file name.</param>
/// <param name="Title">Its title, as text.</param>
/// <param name="TitleHtml">Its title as HTML, without links.</param>
/// <param name="Opening">Its first paragraph as HTML, without links; empty where it has none.</param>
/// <param name="Headings">Its other headings, in order.</param>
/// <param name="Article">All that it shows.</param>
/// <param name="Trouble">Where its run ended early; null where it ran to its end.</param>
internal sealed record Lesson(
    string Notebook, string Page, string Title, string TitleHtml, string Opening, ImmutableArray<Heading> Headings, IElement Article, Trouble? Trouble)
{
    /// <summary>The folder that the notebook lies in, as the notebook's path has it; empty for the lessons at the top.</summary>
    public string Folder => Notebook.Contains('/') ? Notebook[..Notebook.LastIndexOf('/')] : "";

    /// <summary>The page as a link names it.</summary>
    public string Href => Uri.EscapeDataString(Page);
}
