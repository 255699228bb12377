using System.Globalization;
using System.Net;
using AngleSharp;
using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>The page of a lesson.</summary>
internal static class LessonPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="lesson">The lesson, its links resolved.</param>
    /// <param name="previous">The lesson before it; null for the first.</param>
    /// <param name="next">The lesson after it; null for the last.</param>
    public static string Of(Lesson lesson, Lesson? previous, Lesson? next) => PageShell.Of(lesson.Title, "lesson", $"""
        <header>
        <nav aria-label="Book"><a href="{PageShell.ContentsPage}">Contents</a>{Turn("prev", "← ", previous, "")}{Turn("next", "", next, " →")}</nav>
        </header>
        <div class="columns">
        {OnThisPage(lesson)}
        <main id="{Anchors.Main}" tabindex="-1" data-lesson="{lesson.Name}">
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

    /// <summary>Tells the reader that the lesson's run ended early, and where.</summary>
    public static string NoticeText(LessonFailure failure) => string.Create(CultureInfo.InvariantCulture,
        $"This lesson's run ended early, in cell {failure.Cell}. {(failure.NotRun == 0 ? "It was the last cell." : failure.NotRun == 1 ? "One cell after it did not run." : $"{failure.NotRun} cells after it did not run.")}");

    private static string Notice(Lesson lesson) => lesson.Failure is not { } failure ? "" : $"""
        <div class="notice" role="note"><p><strong>{WebUtility.HtmlEncode(NoticeText(failure))}</strong> <a href="#{WebUtility.HtmlEncode(failure.Anchor)}">See the cell.</a></p>
        <p>{WebUtility.HtmlEncode(failure.Error)}</p></div>
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
