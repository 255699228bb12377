using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AwesomeAssertions;
using CsCheck;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>HTML in Markdown: what nobody vouches for is gone, and what a lesson may need stays as it was.</summary>
public sealed class MarkdownSanitizerTests : IDisposable
{
    private static readonly string[] Blocks = ["div", "section", "blockquote", "figure", "details", "ul", "dl", "p"];
    private static readonly string[] Phrases = ["b", "i", "em", "strong", "code", "del", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "sub", "sup", "u", "var", "abbr", "cite"];

    private static readonly string[] Acting = ["svg", "style", "script", "iframe", "template", "base", "link", "meta", "form", "body", "html", "frameset", "noscript", "title", "use"];

    private readonly BookFolder _book = new();

    public void Dispose() => _book.Dispose();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<img src=x onerror=\"alert(1)\">")]
    [InlineData("<details ontoggle=\"alert(1)\" open><summary onclick=\"alert(1)\">x</summary></details>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("<svg><a><animate attributeName=\"href\" values=\"javascript:alert(1)\"/></a></svg>")]
    [InlineData("<math><mtext><a xlink:href=\"javascript:alert(1)\">x</a></mtext></math>")]
    [InlineData("<iframe srcdoc=\"&lt;script>alert(1)&lt;/script>\"></iframe>")]
    [InlineData("<iframe src=\"data:text/html,alert(1)\"></iframe>")]
    [InlineData("<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>")]
    [InlineData("<object data=\"data:text/html,alert(1)\"></object><embed src=\"data:text/html,alert(1)\">")]
    [InlineData("<link rel=\"stylesheet\" href=\"data:text/css,body{content:'alert(1)'}\">")]
    [InlineData("<style>body { content: 'alert(1)' }</style>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=https://example.org/alert(1)\">")]
    [InlineData("<template><p>alert(1)</p></template>")]
    public void MarkupThatActs_IsRemoved_AndTheTextAroundItStays(string markup)
    {
        var page = _book.PageOf(Markdown("# A\n\nBefore. " + markup + "\n\n" + markup + "\n\nAfter."));

        page.QuerySelector("main")!.OuterHtml.Should().NotContainAny("alert(1)", "onerror", "ontoggle", "onclick");
        page.QuerySelector("main")!.QuerySelectorAll("script, style, link, meta, iframe, object, embed, svg, math, form, button, template").Should().BeEmpty();
        page.QuerySelector("main")!.TextContent.Should().Contain("Before.").And.Contain("After.");
    }

    [Fact]
    public void StyleAttribute_KeepsTheSideThatTextStandsAt_AndNothingElse()
    {
        var page = _book.PageOf(Markdown("<p style=\"position: fixed; text-align: center; background: url(data:image/png;base64,AA)\">x</p>\n\n| a |\n|--:|\n| 1 |"));

        page.QuerySelector("article p")!.GetAttribute("style").Should().Be("text-align: center");
        page.QuerySelector("article td")!.GetAttribute("style").Should().Be("text-align: right");
    }

    [Fact]
    public void TagThatIsNotKnown_LosesItsBrackets_AndNoWords() =>
        _book.PageOf(Markdown("A List<int> of boxes.")).QuerySelector("article p")!.InnerHtml.Should().Be("A List of boxes.");

    [Fact]
    public void MarkdownThatCodePutOut_IsCleanedToo() =>
        _book.PageOf(Code("x", Shown("text/markdown", "*a* <script>alert(1)</script>"))).QuerySelector(".output .prose")!.InnerHtml.Trim().Should().Be("<p><em>a</em> </p>");

    [Theory]
    [InlineData("https://example.org/a?b=c#d")]
    [InlineData("http://example.org")]
    [InlineData("mailto:a@example.org")]
    public void LinkOutOfTheBook_Stays(string address) =>
        _book.PageOf(Markdown($"[x]({address}) and <a href=\"{address}\">y</a>")).QuerySelectorAll("article a").Select(link => link.GetAttribute("href")).Should().Equal(address, address);

    [Fact]
    public void PictureInTheText_Stays() =>
        _book.PageOf(Markdown("<img alt=\"A\" width=\"30\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">")).QuerySelector("article img")!.OuterHtml
            .Should().Be("<img alt=\"A\" width=\"30\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">");

    [Fact]
    public void FormulaBesideMarkup_IsTypeset_AndMarkupInItIsText()
    {
        var page = _book.PageOf(Markdown("<details><summary>An x</summary>\n\n<b>Of</b> $x_1$:\n\n$$\\text{<img src=x onerror=alert(1)>} < y$$\n\n</details>"));

        page.QuerySelectorAll("details > p math, details math[display=block]").Should().HaveCount(2);
        page.QuerySelectorAll("img").Should().BeEmpty();
        page.QuerySelector("math[display]")!.TextContent.Replace('\u00a0', ' ').Should().Contain("<img src=x onerror=alert(1)>");
    }

    [Fact]
    public void WhatIsAllowed_StaysAsItWas() =>
        Gen.Recursive<string>((depth, inner) => depth > 3 ? Text : Gen.OneOf(Text, Phrase, Block(inner), Table(inner))).Sample(
            html =>
            {
                using var book = new BookFolder();
                var expected = new HtmlParser().ParseDocument("<div class=\"box\">" + html + "</div>").QuerySelector(".box")!;
                var actual = book.PageOf(Markdown("# A"), Markdown("<div class=\"box\">" + html + "</div>")).QuerySelector(".box")!;
                Unwrapped(actual).InnerHtml.Should().Be(expected.InnerHtml);
            },
            iter: 200);

    [Fact]
    public void MarkupOfAnyPieces_LeavesNothingThatActs()
    {
        var pieces = Gen.OneOf(
            "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<!--", "-->", "<script>", "</script>", "<p>", "</p>", "<table>", "<tr>", "<td>", "<a href=\"javascript:x()\">", "<img src=1 onerror=x()>",
            "<noscript>", "<title>", "<textarea>", "<xmp>", "<template>", "<select>", "<option>", "<frameset>", "<body onload=x()>", "<html onclick=x()>", "<foreignObject>", "<desc>", "<iframe>", "<plaintext>", "<![CDATA[", "]]>",
            "\"", "'", ">", "<", "&lt;", "$a<b$", "`", "x", " ", "\n", "\n\n", "<base href=//x>", "<link rel=stylesheet href=data:text/css,x>", "<form>", "</form>", "<a id=x onclick=y()>", "<use href=data:x>", "<b style=\"color:red\">");
        pieces.Array[0, 12].Select(string.Concat).Sample(
            markup =>
            {
                using var book = new BookFolder();
                foreach (var element in book.PageOf(Markdown("# A"), Markdown(markup)).QuerySelectorAll("article *"))
                {
                    Acting.Should().NotContain(element.LocalName);
                    element.Attributes.Select(attribute => attribute.Name).Should().NotContain(name => name.StartsWith("on", StringComparison.Ordinal));
                    (element.GetAttribute("href") + element.GetAttribute("src")).Should().NotContainAny("javascript:", "data:");
                    if (element is not IHtmlElement)
                    {
                        element.Closest("math[alttext]").Should().NotBeNull("no other foreign element than those of a typeset formula is there");
                    }
                }
            },
            iter: 500);
    }

    private static Gen<string> Text => Gen.String["ab &<>\"éλ7"].Select(WebUtility.HtmlEncode)!;

    private static Gen<string> Attributes => Gen.OneOf(
        "", " id=\"here\"", " class=\"a b\"", " title=\"&lt;x&gt; &amp;\"", " lang=\"de\"", " dir=\"rtl\"", " style=\"text-align: right\"");

    private static Gen<string> Phrase =>
        Gen.Select(Gen.OneOf(Phrases), Attributes, Text).Select(parts => $"<{parts.Item1}{parts.Item2}>{parts.Item3}</{parts.Item1}>");

    private static Gen<string> Block(Gen<string> inner) => Gen.Select(Gen.OneOf(Blocks), Attributes, inner, Text).Select((tag, attributes, content, text) => tag switch
    {
        "ul" => $"<ul{attributes}><li value=\"3\">{content}</li></ul><ol start=\"4\" reversed=\"\"><li>{text}</li></ol>",
        "dl" => $"<dl{attributes}><dt>{text}</dt><dd>{content}</dd></dl>",
        "details" => $"<details{attributes} open=\"\"><summary>{text}</summary>{content}</details>",
        "figure" => $"<figure{attributes}>{content}<figcaption>{text}</figcaption></figure>",
        "p" => $"<p{attributes}>{text}<br>{text}</p><hr>",
        _ => $"<{tag}{attributes}>{content}</{tag}>",
    });

    private static Gen<string> Table(Gen<string> inner) => Gen.Select(Attributes, inner, Text).Select((attributes, content, text) =>
        $"<table{attributes}><caption>{text}</caption><colgroup><col span=\"2\"></colgroup><thead><tr><th scope=\"col\" colspan=\"2\">{text}</th></tr></thead>"
        + $"<tbody><tr><td rowspan=\"2\" style=\"text-align: left\">{content}</td><td>{text}</td></tr></tbody></table>");

    /// <summary>Without the boxes that the book puts around wide tables.</summary>
    private static IElement Unwrapped(IElement element)
    {
        foreach (var box in element.QuerySelectorAll(".scroll").ToList())
        {
            box.Replace([.. box.ChildNodes]);
        }
        return element;
    }
}
