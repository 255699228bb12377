using System.Net;
using AngleSharp.Dom;
using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>The first page of the book: every lesson with its opening paragraph and its sections.</summary>
internal static class ContentsPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="lessons">The lessons in order.</param>
    public static string Of(IReadOnlyList<Lesson> lessons) => PageShell.Of("Contents", "contents", $"""
        <main id="{Anchors.Main}" tabindex="-1">
        <h1>Contents</h1>
        {string.Join('\n', lessons.GroupBy(lesson => lesson.Folder).Select(Part))}
        </main>
        """);

    // The lessons at the top stand under the page's own heading, those of a folder under its name.
    private static string Part(IGrouping<string, Lesson> part) => part.Key.Length == 0 ? string.Join('\n', part.Select(lesson => Entry(lesson, level: 2)))
        : $"<section class=\"part\"><h2>{WebUtility.HtmlEncode(char.ToUpperInvariant(part.Key[0]) + part.Key[1..])}</h2>\n{string.Join('\n', part.Select(lesson => Entry(lesson, level: 3)))}</section>";

    private static string Entry(Lesson lesson, int level)
    {
        var sections = lesson.Headings.Where(heading => heading.Level == 2)
            .Select(heading => $"<li><a href=\"{lesson.Href}#{WebUtility.HtmlEncode(heading.Id)}\">{heading.Html}</a></li>").ToList();
        return $"""
            <section class="entry">
            <h{level}><a href="{lesson.Href}">{lesson.TitleHtml}</a></h{level}>
            {(lesson.Failure is { } failure ? $"<p class=\"notice\">{WebUtility.HtmlEncode(LessonPage.NoticeText(failure))}</p>" : "")}
            {(lesson.Opening.Length > 0 ? $"<p>{lesson.Opening}</p>" : "")}
            {(sections.Count > 0 ? $"<ul>{string.Concat(sections)}</ul>" : "")}
            {Progress(lesson)}
            </section>
            """;
    }

    // As the executed copy has it; the page's script adds what the reader has ticked. What lies in a folder, such as solutions, is not the reader's to do.
    private static string Progress(Lesson lesson)
    {
        var exercises = lesson.Article.QuerySelectorAll("[data-singleshot-exercise]");
        string[] Numbers(IEnumerable<IElement> among) => [.. among.Select(exercise => WebUtility.HtmlEncode(exercise.GetAttribute("data-singleshot-exercise")!))];
        var right = Numbers(exercises.Where(exercise => exercise.GetAttribute("data-outcome") == "right"));
        return exercises.Length == 0 || lesson.Folder.Length > 0 ? "" : $"""
            <p class="progress" data-lesson="{lesson.Name}" data-exercises="{string.Join(' ', Numbers(exercises))}" data-right="{string.Join(' ', right)}">
            <progress max="{exercises.Length}" value="{right.Length}" aria-label="Exercises done"></progress> <span>{right.Length} of {exercises.Length} exercises done</span></p>
            """;
    }
}
