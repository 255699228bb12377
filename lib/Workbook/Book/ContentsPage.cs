using System.Net;

namespace Workbook.Book;

/// <summary>The page that a reader begins at: every lesson with its first paragraph and its sections.</summary>
internal static class ContentsPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="lessons">The lessons in order.</param>
    public static string Of(IReadOnlyList<Lesson> lessons) => PageShell.Of("Contents", "contents", $"""
        <main id="{LessonPage.MainId}" tabindex="-1">
        <h1>Contents</h1>
        {string.Join('\n', lessons.Select(Entry))}
        </main>
        """);

    private static string Entry(Lesson lesson)
    {
        var sections = lesson.Headings.Where(heading => heading.Level == 2)
            .Select(heading => $"<li><a href=\"{lesson.Href}#{WebUtility.HtmlEncode(heading.Id)}\">{heading.Html}</a></li>").ToList();
        return $"""
            <section class="entry">
            <h2><a href="{lesson.Href}">{lesson.TitleHtml}</a></h2>
            {(lesson.Trouble is { } trouble ? $"<p class=\"notice\">{WebUtility.HtmlEncode(LessonPage.NoticeText(trouble))}</p>" : "")}
            {(lesson.Opening.Length > 0 ? $"<p>{lesson.Opening}</p>" : "")}
            {(sections.Count > 0 ? $"<ul>{string.Concat(sections)}</ul>" : "")}
            </section>
            """;
    }
}
