using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Workbook.Commands;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>Pages of the book that are no notebooks: their text, their files, and the links to them.</summary>
public sealed class OwnPageTests : IDisposable
{
    private readonly BookFolder _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public void Page_StandsBeforeTheLessons_AndLessonsLeadToIt()
    {
        _book.Add("a.ipynb", Markdown("# A\n\n[play](live/page.html)")).Add("solutions/a.ipynb", Markdown("# Solutions\n\n[play](../live/page.html)"))
            .AddText("live/page.html", "<h1>Live <em>play</em></h1><p>An <a href=\"https://example.org\">opening</a>.</p><p>More.</p>").Write("live");

        var contents = _book.Page("index.html");
        contents.QuerySelectorAll(".entry h2 > a").Select(link => link.GetAttribute("href")).Should().StartWith(["live.html", "a.html"]);
        contents.QuerySelector(".entry p")!.InnerHtml.Should().Be("An opening.");
        _book.Page("a.html").QuerySelector("article a")!.GetAttribute("href").Should().Be("live.html");
        _book.Page("solutions-a.html").QuerySelector("article a")!.GetAttribute("href").Should().Be("live.html");
        _book.Page("live.html").Title.Should().Be("Live play");
        _book.Page("live.html").QuerySelector("main p:last-child")!.TextContent.Should().Be("More.");
    }

    [Fact]
    public void FilesThatThePageNames_AreCopied_AndOthersAreNot()
    {
        _book.AddText("live/page.html", "<script src=\"page.js\"></script><link rel=\"stylesheet\" href=\"../shared/page.css\"><a href=\"https://example.org\">x</a><img src=\"missing.png\">")
            .AddText("live/page.js", "run();").AddText("live/other.js", "").AddText("shared/page.css", "p{}").Write("live");

        _book.Files.Where(file => file.StartsWith("live/", StringComparison.Ordinal)).Should().Equal("live/page.css", "live/page.js");
        _book.Page("live.html").QuerySelector("script[src]")!.GetAttribute("src").Should().Be("live/page.js");
        _book.Page("live.html").QuerySelector("main link")!.GetAttribute("href").Should().Be("live/page.css");
        _book.Page("live.html").QuerySelector("main a")!.GetAttribute("href").Should().Be("https://example.org");
        _book.Html("live/page.js").Should().Be("run();");
    }

    [Fact]
    public void FileThatThePageReads_IsAScriptWithItsBytes_AndTheElementTellsItsSize()
    {
        _book.AddText("live/page.html", "<p data-file=\"model.bin\"></p><p data-file=\"missing.bin\"></p>").AddText("live/model.bin", "weights").Write("live");

        var (held, missing) = (_book.Page("live.html").QuerySelectorAll("[data-file]")[0], _book.Page("live.html").QuerySelectorAll("[data-file]")[1]);
        held.GetAttribute("data-script").Should().Be("live/model.bin.js");
        var script = _book.Html("live/model.bin.js");
        held.GetAttribute("data-size").Should().Be($"{Encoding.UTF8.GetByteCount(script)}");
        var (name, bytes) = Regex.Match(script, "\\[\"(.+)\"\\] = \"(.+)\";") is var parts ? (parts.Groups[1].Value, parts.Groups[2].Value) : default;
        name.Should().Be("model.bin");
        using var unpacked = new StreamReader(new GZipStream(new MemoryStream(Convert.FromBase64String(bytes)), CompressionMode.Decompress));
        unpacked.ReadToEnd().Should().Be("weights");
        missing.HasAttribute("data-script").Should().BeFalse("the page says what to do about it");
    }

    [Theory]
    [InlineData("lessons")]
    [InlineData("lessons/a.ipynb")]
    [InlineData("lessons/solutions/a.ipynb")]
    public async Task Run_OfLessonsBesideAPage_HasThePageInItsBook(string what)
    {
        using var folder = new TemporaryFolder();
        const string Notebook = """{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# A"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";
        folder.Write(Notebook, "lessons", "a.ipynb");
        folder.Write(Notebook, "lessons", "solutions", "a.ipynb");
        folder.Write("<h1>Live</h1>", "lessons", "live", "page.html");
        folder.Write("<h1>No page of these lessons</h1>", "lessons", "live", "deeper", "page.html");

        (await CommandLine.RunAsync(["run", Path.Combine(folder.Path, what), "--out", Path.Combine(folder.Path, "out")], TextWriter.Null, TextWriter.Null)).Should().Be(ExitCodes.Done);

        Directory.GetFiles(Path.Combine(folder.Path, "out", "book"), "*.html").Select(Path.GetFileName).Should().Contain("live.html").And.NotContain("deeper.html");
    }
}
