using System.Net;
using Workbook.Book.Lessons;

namespace Workbook.Book.Pages;

/// <summary>The first page of the book: every lesson with its opening paragraph and its sections, behind the pages that are no lessons.</summary>
internal static class ContentsPage
{
    /// <summary>The page as HTML.</summary>
    /// <param name="lessons">The lessons in order.</param>
    /// <param name="pages">What is no lesson; it stands before them.</param>
    public static string Of(IReadOnlyList<Lesson> lessons, IEnumerable<OwnPage> pages) => PageShell.Of("Contents", "contents", $"""
        <main id="{Anchors.Main}" tabindex="-1">
        <h1>Contents</h1>
        {Abilities([.. lessons.Where(lesson => lesson.Ability.Length > 0 && HasProgress(lesson))])}
        {string.Join('\n', pages.Select(Entry))}
        {string.Join('\n', lessons.GroupBy(lesson => lesson.Folder).Select(Part))}
        </main>
        """);

    // The lessons at the top stand under the page's own heading, those of a folder under its name.
    private static string Part(IGrouping<string, Lesson> part) => part.Key.Length == 0 ? string.Join('\n', part.Select(lesson => Entry(lesson, level: 2)))
        : $"<section class=\"part\"><h2>{WebUtility.HtmlEncode(char.ToUpperInvariant(part.Key[0]) + part.Key[1..])}</h2>\n{string.Join('\n', part.Select(lesson => Entry(lesson, level: 3)))}</section>";

    private static string Entry(OwnPage page) => $"""
        <section class="entry">
        <h2><a href="{page.Href}">{page.TitleHtml}</a></h2>
        <p>{page.Opening}</p>
        </section>
        """;

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

    // One line for each lesson, lit by its exercises.
    private static string Abilities(IReadOnlyList<Lesson> lessons) => lessons.Count == 0 ? "" : $"""
        <section class="abilities">
        <h2>What you can do</h2>
        <p>Each line lights up as you solve the exercises of its lesson.</p>
        <ul>{string.Concat(lessons.Select(lesson => $"<li {ProgressData(lesson)} data-state=\"{State(lesson)}\"><a href=\"{lesson.Href}\">{lesson.TitleHtml}</a>: you can {lesson.Ability} <span class=\"count\">{Count(lesson)}</span></li>\n"))}</ul>
        </section>
        """;

    // As the executed copy has it; the page's script adds what the reader has ticked.
    private static string Progress(Lesson lesson) => !HasProgress(lesson) ? "" : $"""
        <p class="progress" {ProgressData(lesson)}>
        <progress max="{lesson.Exercises.Length}" value="{Right(lesson)}" aria-label="Exercises done"></progress> <span class="count">{Count(lesson)}</span>
        {string.Join(' ', lesson.Exercises.Where(exercise => exercise.Difficulty > 0).Select(Graded))}</p>
        """;

    private static string Graded(LessonExercise exercise) =>
        $"<span class=\"stars{(exercise.Right ? " done" : "")}\" role=\"img\" data-exercise=\"{WebUtility.HtmlEncode(exercise.Number)}\" aria-label=\"Exercise {WebUtility.HtmlEncode(exercise.Number)}, {exercise.InWords}\">{exercise.Stars}</span>";

    // What lies in a folder, such as solutions, is not the reader's to do.
    private static bool HasProgress(Lesson lesson) => lesson.Exercises.Length > 0 && lesson.Folder.Length == 0;

    private static string ProgressData(Lesson lesson) =>
        $"data-lesson=\"{lesson.Name}\" data-exercises=\"{Numbers(lesson.Exercises)}\" data-right=\"{Numbers(lesson.Exercises.Where(exercise => exercise.Right))}\"";

    private static string Numbers(IEnumerable<LessonExercise> exercises) => WebUtility.HtmlEncode(string.Join(' ', exercises.Select(exercise => exercise.Number)));

    private static string Count(Lesson lesson) => $"{Right(lesson)} of {lesson.Exercises.Length} exercises done";

    private static string State(Lesson lesson) => Right(lesson) is var right && right == 0 ? "none" : right < lesson.Exercises.Length ? "some" : "all";

    private static int Right(Lesson lesson) => lesson.Exercises.Count(exercise => exercise.Right);
}
