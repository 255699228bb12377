using System.Collections.Immutable;
using AngleSharp.Dom;

namespace Workbook.Book.Lessons;

/// <summary>An executed notebook as a page of the book.</summary>
/// <param name="Notebook">The notebook's path from the folder that the book is made of, with slashes.</param>
/// <param name="Page">The page's file name.</param>
/// <param name="Title">Its title, as text.</param>
/// <param name="TitleHtml">Its title as HTML, without links.</param>
/// <param name="Opening">Its first paragraph as HTML, without links; empty where it has none.</param>
/// <param name="Ability">What its reader can do at its end, as HTML without links; empty where it does not say.</param>
/// <param name="Headings">Its other headings, in order.</param>
/// <param name="Exercises">Its exercises, in order.</param>
/// <param name="Article">The element that holds everything the page shows of the notebook.</param>
/// <param name="Failure">The error that ended its run early; null where it ran to its end.</param>
internal sealed record Lesson(
    string Notebook, string Page, string Title, string TitleHtml, string Opening, string Ability, ImmutableArray<Heading> Headings,
    ImmutableArray<LessonExercise> Exercises, IElement Article, LessonFailure? Failure)
{
    /// <summary>The folder that the notebook lies in, as the notebook's path has it; empty for the lessons at the top.</summary>
    public string Folder => Notebook.Contains('/') ? Notebook[..Notebook.LastIndexOf('/')] : "";

    /// <summary>What the browser keeps the reader's progress under: the page's name, as a link has it, without its ending.</summary>
    public string Name => Uri.EscapeDataString(Path.GetFileNameWithoutExtension(Page));

    /// <summary>The page as a link names it.</summary>
    public string Href => Uri.EscapeDataString(Page);
}

/// <summary>A heading of a page.</summary>
/// <param name="Level">2 for a section of the lesson, 3 for one within it, and so on.</param>
/// <param name="Id">Its anchor, unlike any other on the page.</param>
/// <param name="Html">Its text as HTML, without links.</param>
internal sealed record Heading(int Level, string Id, string Html);

/// <summary>The error that ended a lesson's run early.</summary>
/// <param name="Cell">The number of the code cell, from 1.</param>
/// <param name="Anchor">The cell's anchor on its page.</param>
/// <param name="Error">The error's name and message.</param>
/// <param name="NotRun">How many code cells after it did not run.</param>
internal sealed record LessonFailure(int Cell, string Anchor, string Error, int NotRun);
