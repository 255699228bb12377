using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AwesomeAssertions;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>The pages of a book as a whole: contents, order, links, headings, and lessons that failed.</summary>
public sealed class BookPagesTests : IDisposable
{
    private readonly BookFolder _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public void Contents_ListLessonsInOrder_WithOpeningAndSections()
    {
        _book.Add("02-b.ipynb", Markdown("# Second"))
            .Add("01-a.ipynb", Markdown("# First `x`\n\nAn *opening* with a [link](02-b.ipynb).\n\nMore."), Markdown("## One\n\n### Part\n\n## Two"))
            .Write();
        var contents = _book.Page("index.html");

        _book.Written.Lessons.Should().Be(2);
        File.Exists(_book.Written.Start).Should().BeTrue();
        contents.QuerySelectorAll(".entry h2 a").Select(Link).Should().Equal("First x -> 01-a.html", "Second -> 02-b.html");
        contents.QuerySelector(".entry > p")!.InnerHtml.Should().Be("An <em>opening</em> with a link.");
        contents.QuerySelectorAll(".entry li a").Select(Link).Should().Equal("One -> 01-a.html#one", "Two -> 01-a.html#two");
        AllLinksLeadSomewhere();
    }

    [Fact]
    public void Contents_SayHowManyExercisesTheExecutedCopyHasRight()
    {
        _book.Add("a.ipynb", Markdown("# A"), Check(1, "not-done"), Check(2, "right"), Check(3, "wrong"))
            .Add("b.ipynb", Markdown("# B")).Add("solutions/a.ipynb", Markdown("# Solutions"), Check(1, "right")).Write();
        var contents = _book.Page("index.html");

        contents.QuerySelectorAll(".progress").Select(line => line.TextContent.Trim()).Should().Equal("1 of 3 exercises done");
        contents.QuerySelector(".progress progress")!.OuterHtml.Should().Contain("max=\"3\"").And.Contain("value=\"1\"");
    }

    [Fact]
    public void Contents_SayWhatTheReaderOfEachLessonCanDo_LitByItsExercises()
    {
        _book.Add("a.ipynb", Markdown("# A"), Markdown("## Summary\n\n- A fact.\n\n**You can now** draw a [box](b.ipynb)."), Check(1, "right"), Check(2, "wrong"))
            .Add("b.ipynb", Markdown("# B\n\n**You can now** rest."), Check(1, "right"))
            .Add("c.ipynb", Markdown("# C\n\n**You can now** do what no exercise shows."))
            .Add("solutions/a.ipynb", Markdown("# Solutions\n\n**You can now** compare."), Check(1, "right")).Write();

        _book.Page("index.html").QuerySelectorAll(".abilities li").Select(line => $"{line.GetAttribute("data-state")}: {line.TextContent}").Should().Equal(
            "some: A: you can draw a box. 1 of 2 exercises done", "all: B: you can rest. 1 of 1 exercises done");
    }

    [Fact]
    public void Exercise_IsGradedByTheStarsOfItsText_OnItsPageAndInTheContents()
    {
        var page = _book.Add("solutions/lesson.ipynb", Markdown("# S\n\n**1.** ★★ Find it."), Check(1, "right"))
            .PageOf(Markdown("# A\n\n**1.** ★★ Find it."), Check(1, "wrong"), Markdown("**2.** ★★★ Write it."), Check(2, "right"), Markdown("**3.** ★★★★ **4** of them."), Check(3, "wrong"));

        page.QuerySelectorAll("article .stars").Select(stars => $"{stars.GetAttribute("aria-label")}: {stars.TextContent}").Should().Equal("difficulty 2 of 3: ★★", "difficulty 3 of 3: ★★★");
        page.QuerySelector("article p")!.TextContent.Should().Be("1. ★★ Find it.");
        _book.Page("index.html").QuerySelectorAll(".stars").Select(stars => $"{stars.GetAttribute("aria-label")}: {stars.TextContent} {stars.ClassName}").Should().Equal(
            "Exercise 1, difficulty 2 of 3: ★★ stars", "Exercise 2, difficulty 3 of 3: ★★★ stars done");
    }

    [Fact]
    public void Lessons_TurnToTheirNeighbors_WithinTheirFolder()
    {
        _book.Add("a.ipynb", Markdown("# A")).Add("b.ipynb", Markdown("# B")).Add("c.ipynb", Markdown("# C"))
            .Add("solutions/a.ipynb", Markdown("# Solutions of A")).Write();

        _book.Page("b.html").QuerySelectorAll("header a").Select(Link).Should().Equal("Contents -> index.html", "← A -> a.html", "C → -> c.html");
        _book.Page("a.html").QuerySelectorAll("header a").Select(Link).Should().Equal("Contents -> index.html", "B → -> b.html");
        _book.Page("c.html").QuerySelectorAll("footer a").Select(Link).Should().Equal("Previous B -> b.html");
        _book.Page("solutions-a.html").QuerySelectorAll("header a").Select(Link).Should().Equal("Contents -> index.html");
        _book.Page("index.html").QuerySelectorAll("h1, h2, h3").Select(heading => heading.LocalName + " " + heading.TextContent)
            .Should().Equal("h1 Contents", "h2 A", "h2 B", "h2 C", "h2 Solutions", "h3 Solutions of A");
        AllLinksLeadSomewhere();
    }

    [Theory]
    [InlineData("b.ipynb", "b.html")]
    [InlineData("./b.ipynb#Two-words", "b.html#two-words")]
    [InlineData("b.ipynb#nowhere", "b.html")]
    [InlineData("#Here", "#here")]
    [InlineData("solutions/a.ipynb", "solutions-a.html")]
    [InlineData("https://arxiv.org/abs/1512.02325", "https://arxiv.org/abs/1512.02325")]
    [InlineData("other.ipynb", null)]
    [InlineData("../data/README.md", null)]
    [InlineData("http://[", null)]
    public void Link_InText_LeadsToThePage_OrNowhere(string written, string? target)
    {
        _book.Add("a.ipynb", Markdown($"# A\n\n<a href=\"{written}\">words</a>\n\n## Here"))
            .Add("b.ipynb", Markdown("# B\n\n## Two words"))
            .Add("solutions/a.ipynb", Markdown("[back](../a.ipynb)")).Write();

        var link = _book.Page("a.html").QuerySelectorAll("article a").Single();
        link.GetAttribute("href").Should().Be(target);
        link.TextContent.Should().Be("words");
        _book.Page("solutions-a.html").QuerySelector("article a")!.GetAttribute("href").Should().Be("a.html");
    }

    [Fact]
    public void Page_HasLandmarks_OneTitle_AndNoLevelOfHeadingsLeftOut()
    {
        var page = _book.PageOf(Markdown("Text first.\n\n## Early"), Markdown("# One\n\n#### Deep"), Markdown("# Two\n\n## Deep"));

        page.Title.Should().Be("lesson");
        page.DocumentElement.GetAttribute("lang").Should().Be("en");
        page.QuerySelectorAll("header nav, main, footer nav").Should().HaveCount(3);
        page.QuerySelectorAll("nav").Select(nav => nav.GetAttribute("aria-label")).Should().OnlyHaveUniqueItems().And.NotContainNulls();
        page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName + " " + heading.TextContent)
            .Should().Equal("h1 lesson", "h2 Early", "h2 One", "h3 Deep", "h2 Two", "h3 Deep");
        page.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems();
        page.QuerySelectorAll(".on-this-page a").Select(Link).Should().Equal("Early -> #early", "One -> #one", "Deep -> #deep", "Two -> #two", "Deep -> #deep-2");
        page.QuerySelector(".skip")!.GetAttribute("href").Should().Be("#" + page.QuerySelector("main")!.Id);
    }

    [Fact]
    public void FailedLesson_IsShownAsFailed_OnItsPageAndInTheContents()
    {
        var page = _book.PageOf(Markdown("# A"), Code("1"), Code("boom();", Error("NullReferenceException", "no <boom>", "at line 1")), Code("3"), Code("4"));

        var notice = page.QuerySelector(".notice")!;
        notice.TextContent.Should().Contain("This lesson's run ended early, in cell 2. 2 cells after it did not run.").And.Contain("NullReferenceException: no <boom>");
        var cell = page.QuerySelector(notice.QuerySelector("a")!.GetAttribute("href")!)!;
        cell.QuerySelector(".source")!.TextContent.Trim().Should().Be("boom();");
        cell.QuerySelector(".error")!.TextContent.Should().Contain("NullReferenceException: no <boom>").And.Contain("at line 1");
        _book.Page("index.html").QuerySelector(".entry .notice")!.TextContent.Should().StartWith("This lesson's run ended early");
    }

    [Fact]
    public void FileThatIsNoNotebook_IsRemarkedOn_AndTheOthersAreWritten()
    {
        _book.AddText("a.ipynb", "{").Add("b.ipynb", Markdown("# B")).AddText(".hidden.txt", "").Write();

        _book.Written.Remarks.Should().ContainSingle().Which.Should().Contain("a.ipynb").And.Contain("not JSON");
        _book.Files.Should().Equal("b.html", "book.css", "formulas.woff2", "index.html", "progress.js");
    }

    [Fact]
    public void Page_OfNotebooksWithOnePageName_IsWrittenForEach()
    {
        _book.Add("index.ipynb", Markdown("# Index")).Add("a-b.ipynb", Markdown("# Flat")).Add("a/b.ipynb", Markdown("# Deep")).Write();

        _book.Files.Should().Equal("a-b.html", "book.css", "formulas.woff2", "index.html", "lesson-a-b.html", "lesson-index.html", "progress.js");
        AllLinksLeadSomewhere();
    }

    private static JsonObject Check(int number, string outcome) =>
        Code("Exercise.Check()", Shown("text/html", $"<p data-singleshot-exercise=\"{number}\" data-outcome=\"{outcome}\"><span>x</span> <span>words</span></p>"));

    private static string Link(IElement link) => $"{string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} -> {link.GetAttribute("href")}";

    private void AllLinksLeadSomewhere()
    {
        var pages = _book.Files.Where(file => file.EndsWith(".html", StringComparison.Ordinal)).ToDictionary(file => file, _book.Page);
        foreach (var (name, page) in pages)
        {
            foreach (var href in page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!))
            {
                var (path, anchor) = href.Split('#') is [var before, var after] ? (before, after) : (href, null);
                var target = pages.Should().ContainKey(path.Length == 0 ? name : path).WhoseValue;
                (anchor is null || target.GetElementById(anchor) is not null).Should().BeTrue($"{name} has a link to {href}");
            }
        }
    }
}
