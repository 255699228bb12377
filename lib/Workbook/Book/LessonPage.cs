using System.Globalization;
using System.Net;
using AngleSharp;

namespace Workbook.Book;

/// <summary>The page of a lesson.</summary>
internal static class LessonPage
{
    /// <summary>The anchor of a page's main part.</summary>
    public const string MainId = "main";

    /// <summary>The page as HTML.</summary>
    /// <param name="lesson">The lesson, its links settled.</param>
    /// <param name="previous">The lesson before it; null for the first.</param>
    /// <param name="next">The lesson after it; null for the last.</param>
    public static string Of(Lesson lesson, Lesson? previous, Lesson? next) => PageShell.Of(lesson.Title, "lesson", $"""
        <header>
        <nav aria-label="Book"><a href="{PageShell.ContentsPage}">Contents</a>{Turn("prev", "← ", previous, "")}{Turn("next", "", next, " →")}</nav>
        </header>
        <div class="columns">
        {OnThisPage(lesson)}
        <main id="{MainId}" tabindex="-1">
        {Notice(lesson)}
        {lesson.Article.ToHtml()}
        </main>
        </div>
        <footer>
        <nav aria-label="Lessons">
        {Card("prev", "Previous", previous)}
        {Card("next", "Next", next)}
        </nav>
        </footer>
        """);

    /// <summary>What a reader has to know of a lesson whose run ended early; empty for one that ran to its end.</summary>
    public static string NoticeText(Trouble trouble) => string.Create(CultureInfo.InvariantCulture,
        $"This lesson's run ended early, in cell {trouble.Cell}. {(trouble.NotRun == 0 ? "It was the last cell." : trouble.NotRun == 1 ? "One cell after it did not run." : $"{trouble.NotRun} cells after it did not run.")}");

    private static string Notice(Lesson lesson) => lesson.Trouble is not { } trouble ? "" : $"""
        <div class="notice" role="note"><p><strong>{WebUtility.HtmlEncode(NoticeText(trouble))}</strong> <a href="#{WebUtility.HtmlEncode(trouble.Anchor)}">See the cell.</a></p>
        <p>{WebUtility.HtmlEncode(trouble.Error)}</p></div>
        """;

    private static string OnThisPage(Lesson lesson)
    {
        var entries = lesson.Headings.Where(heading => heading.Level <= 3)
            .Select(heading => $"<li class=\"level-{heading.Level}\"><a href=\"#{WebUtility.HtmlEncode(heading.Id)}\">{heading.Html}</a></li>");
        return lesson.Headings.Length == 0 ? "" : $"""
            <nav class="on-this-page" aria-label="On this page"><p>On this page</p>
            <ul>
            {string.Join('\n', entries)}
            </ul></nav>
            """;
    }

    private static string Turn(string rel, string before, Lesson? lesson, string after) => lesson is null ? ""
        : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{lesson.Href}\">{before}{lesson.TitleHtml}{after}</a>";

    private static string Card(string rel, string word, Lesson? lesson) => lesson is null ? ""
        : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{lesson.Href}\"><span>{word}</span> {lesson.TitleHtml}</a>";
}
