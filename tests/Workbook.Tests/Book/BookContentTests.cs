using System.Text.Json.Nodes;
using AwesomeAssertions;
using CsCheck;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>What stands in a page: text, code, and what code put out.</summary>
public sealed class BookContentTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly BookFolder _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public void Code_IsColoredByItsMeaning()
    {
        var page = _book.PageOf(Code("#r \"a.dll\"\nvar box = new Box(0.5); // half\nConsole.WriteLine($\"<{box}>\");"));

        string[] Marked(string mark) => [.. page.QuerySelectorAll($".source .{mark}").Select(span => span.TextContent.Trim())];
        Marked("d").Should().Equal("#r \"a.dll\"");
        Marked("k").Should().Equal("var", "new");
        Marked("t").Should().Equal("Box", "Console");
        Marked("m").Should().Equal("WriteLine");
        Marked("n").Should().Equal("0.5");
        Marked("c").Should().Equal("// half");
        string.Concat(Marked("s")).Should().Be("$\"<>\"");
    }

    [Fact]
    public void Code_OfAnyText_ComesOutAsItWentIn()
    {
        var pieces = Gen.OneOf("var x = 1;", "\n", "  ", "\"", "<b>", "&amp;", "// c\n", "/*", "#if", "#r \"x\"\n", "{", "}", "$\"{", "'", "é", "\\", "await", "@");
        pieces.Array[0, 12].Select(string.Concat).Where(code => code.Length > 0).Sample(
            code =>
            {
                using var book = new BookFolder();
                return book.PageOf(Code(code)).QuerySelector(".source pre")!.TextContent == code;
            },
            iter: 200);
    }

    [Fact]
    public void LongLine_CanBeReachedByTheKeyboard()
    {
        var page = _book.PageOf(Code("var x = 1;"), Code("var y = \"" + new string('y', 80) + "\";"));

        page.QuerySelectorAll(".source pre").Select(pre => pre.GetAttribute("tabindex")).Should().Equal(null, "0");
        page.QuerySelector("pre[tabindex]")!.GetAttribute("aria-label").Should().Be("Code of cell 2");
    }

    [Fact]
    public void LongLineInText_CanBeReachedByTheKeyboard()
    {
        var page = _book.PageOf(Markdown($"```\nshort\n```\n\n```\n{new string('y', 80)}\n```"));

        page.QuerySelectorAll(".prose pre").Select(pre => pre.GetAttribute("tabindex")).Should().Equal(null, "0");
    }

    [Fact]
    public void Stdout_LosesItsTerminalColors_AndKeepsItsText()
    {
        var page = _book.PageOf(Code("x", Stream("\u001b[1;32mok\u001b[0m a < b &amp;\n\n  two\u0007\n")));

        var stream = page.QuerySelector(".stream")!;
        stream.QuerySelector("pre")!.TextContent.Should().Be("ok a < b &amp;\n\n  two\n");
    }

    [Fact]
    public void Script_ThatPagesShare_IsCarriedOnce_AndOthersStayWhereTheyAre()
    {
        var (library, data) = ("/* chart library */" + new string(';', 5_000), "draw(" + new string('1', 5_000) + ")");
        _book.Add("a.ipynb", Code("x", Shown("text/html", $"<script>{library}</script>"), Shown("text/html", $"<div id=\"chart\"></div><script>{data}</script>")))
            .Add("b.ipynb", Code("x", Shown("text/html", $"<script>{library}</script><script>wake()</script>"), Shown("text/html", $"<script>{library}</script><script>wake()</script>")))
            .Write();

        var file = _book.Files.Should().ContainSingle(name => name.StartsWith("scripts", StringComparison.Ordinal)).Which;
        _book.Html(file).Should().Be(library);
        _book.Page("a.html").QuerySelectorAll("article script").Select(script => script.GetAttribute("src") ?? script.TextContent).Should().Equal(file, data);
        _book.Page("b.html").QuerySelectorAll("article script").Select(script => script.GetAttribute("src") ?? script.TextContent).Should().Equal(file, "wake()", file, "wake()");
        _book.Add("a.ipynb", Markdown("# A")).Add("b.ipynb", Markdown("# B")).Write();
        _book.Files.Should().NotContain(name => name.StartsWith("scripts", StringComparison.Ordinal), "an earlier book's script serves nobody");
    }

    [Fact]
    public void Figure_KeepsItsDrawing_ItsHoverText_AndItsScript()
    {
        const string Figure = "<figure><svg role=\"img\" aria-label=\"Boxes\"><title>All</title><rect><title>box 7</title></rect><use href=\"#box\"></use></svg><script>play()</script></figure>";
        var page = _book.PageOf(Code("x", Shown("text/html", Figure)));

        page.QuerySelector(".output figure")!.OuterHtml.Should().Be(Figure);
    }

    [Theory]
    [InlineData("image/png", Png, "data:image/png;base64," + Png)]
    [InlineData("image/svg+xml", "<svg/>", "data:image/svg+xml;base64,PHN2Zy8+")]
    public void Picture_IsHeldByThePage_AndDescribed(string type, string content, string source)
    {
        var output = Shown(type, content);
        output["data"]!["text/plain"] = "A star & a box";
        var picture = _book.PageOf(Code("x", output)).QuerySelector(".output img")!;

        picture.GetAttribute("src").Should().Be(source);
        picture.GetAttribute("alt").Should().Be("A star & a box");
    }

    [Fact]
    public void Attachment_IsHeldByThePage()
    {
        var cell = Markdown("![A dot](attachment:my%20dot.png) and ![none](attachment:other.png)");
        cell["attachments"] = new JsonObject { ["my dot.png"] = new JsonObject { ["image/png"] = Png } };
        var page = _book.PageOf(cell);

        var picture = page.QuerySelectorAll("img").Should().ContainSingle().Subject;
        picture.GetAttribute("src").Should().Be("data:image/png;base64," + Png);
        picture.GetAttribute("alt").Should().Be("A dot");
        page.QuerySelector(".left-out")!.TextContent.Should().EndWith("attachment:other.png none");
    }

    [Theory]
    [InlineData("</div></main></body>")]
    [InlineData("<div><div><table><tr><td>")]
    [InlineData("<!-- ")]
    [InlineData("<textarea>")]
    [InlineData("<plaintext>")]
    [InlineData("<base href=\"https://example.org/\"><meta http-equiv=\"refresh\" content=\"0;url=https://example.org\"><title>Mine</title>")]
    public void MarkupLeftOpen_StaysInItsCell(string markup)
    {
        var page = _book.PageOf(Markdown("# A"), Code("x", Shown("text/html", markup)), Markdown(markup), Markdown("Last words."));

        page.QuerySelectorAll("article > *").Should().HaveCount(4);
        page.QuerySelector("article > :last-child")!.TextContent.Trim().Should().Be("Last words.");
        page.QuerySelectorAll("base, meta[http-equiv=refresh]").Should().BeEmpty();
        page.Title.Should().Be("A");
        page.QuerySelectorAll("footer").Should().HaveCount(1);
    }

    [Theory]
    [InlineData("<img src=\"https://example.org/a.png\" alt=\"A\">")]
    [InlineData("<img src=\"//example.org/a.png\">")]
    [InlineData("<img srcset=\"https://example.org/a.png 2x\">")]
    [InlineData("<script src=\"https://example.org/a.js\"></script>")]
    [InlineData("<svg><image href=\"http://example.org/a.png\"></image></svg>")]
    [InlineData("<video poster=\"https://example.org/a.png\"></video>")]
    [InlineData("<img src=\"../elsewhere.png\">")]
    public void Picture_ThatThePageDoesNotHold_IsNamedInstead(string markup)
    {
        var page = _book.PageOf(Code("x", Shown("text/html", markup)));

        page.QuerySelectorAll(".output [src], .output [srcset], .output [href], .output [poster]").Should().BeEmpty();
        page.QuerySelector(".output .left-out")!.TextContent.Should().StartWith("Left out").And.MatchRegex("example.org/a|elsewhere");
    }

    [Fact]
    public void LinkedStyleSheet_FromElsewhere_IsTakenOut() =>
        _book.PageOf(Code("x", Shown("text/html", "<link rel=\"stylesheet\" href=\"https://example.org/a.css\"><b>x</b>")))
            .QuerySelector(".output .html")!.InnerHtml.Should().Be("<b>x</b>");
}
