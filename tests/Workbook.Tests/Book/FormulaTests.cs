using System.Net;
using AwesomeAssertions;
using CsCheck;
using Workbook.Book.Formulas;
using Workbook.Notebooks;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>Formulas: TeX in, MathML out, and plain words about what is not understood.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("s_k", "<msub><mi>s</mi><mi>k</mi></msub>")]
    [InlineData("x_{ij}^2", "<msubsup><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow><mn>2</mn></msubsup>")]
    [InlineData("10^{12.5}", "<msup><mn>10</mn><mn>12.5</mn></msup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\frac{a}{23}", "<mfrac><mi>a</mi><mn>23</mn></mfrac>")]
    [InlineData(@"\tfrac12x", "<mstyle displaystyle=\"false\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle><mi>x</mi>")]
    [InlineData(@"\sqrt{ab}", "<msqrt><mrow><mi>a</mi><mi>b</mi></mrow></msqrt>")]
    [InlineData("a - b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("(-b)", "<mo stretchy=\"false\" form=\"prefix\">(</mo><mo form=\"prefix\">−</mo><mi>b</mi><mo stretchy=\"false\" form=\"postfix\">)</mo>")]
    [InlineData(@"-\log x", "<mo form=\"prefix\">−</mo><mi>log</mi><mspace width=\"0.167em\" /><mi>x</mi>")]
    [InlineData(@"\log(x)", "<mi>log</mi><mo stretchy=\"false\" form=\"prefix\">(</mo><mi>x</mi><mo stretchy=\"false\" form=\"postfix\">)</mo>")]
    [InlineData(@"\alpha\Gamma", "<mi>α</mi><mi mathvariant=\"normal\">Γ</mi>")]
    [InlineData(@"c_\text{no object}", "<msub><mi>c</mi><mtext>no\u00a0object</mtext></msub>")]
    [InlineData(@"\hat g", "<mover accent=\"true\"><mi>g</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("f'", "<msup><mi>f</mi><mo>′</mo></msup>")]
    [InlineData(@"\left(x\right.", "<mrow><mo stretchy=\"true\" form=\"prefix\">(</mo><mi>x</mi></mrow>")]
    [InlineData(@"\{a\}", "<mo stretchy=\"false\" form=\"prefix\">{</mo><mi>a</mi><mo stretchy=\"false\" form=\"postfix\">}</mo>")]
    [InlineData(@"\sum_i x", "<msub><mo>∑</mo><mi>i</mi></msub><mi>x</mi>")]
    public void Formula_InASentence_IsMathML(string tex, string markup) => Markup(tex, display: false).Should().Be(markup);

    [Theory]
    [InlineData(@"\sum_{i}^N", "<munderover><mo>∑</mo><mi>i</mi><mi>N</mi></munderover>")]
    [InlineData(@"\max_k", "<munder><mi>max</mi><mi>k</mi></munder>")]
    [InlineData(@"\frac{\sum_i}{2}", "<mfrac><msub><mo>∑</mo><mi>i</mi></msub><mn>2</mn></mfrac>")]
    public void Formula_OnItsOwnLine_HasRoomForLimits(string tex, string markup) => Markup(tex, display: true).Should().Be(markup);

    [Fact]
    public void Cases_AreATableBehindABrace() =>
        Markup(@"\begin{cases} 1 & x < 2 \\ 0 \\ \end{cases}", display: true).Should()
            .Be("<mrow><mo stretchy=\"true\" form=\"prefix\">{</mo><mtable>"
                + "<mtr><mtd S><mn>1</mn></mtd><mtd S><mi>x</mi><mo>&lt;</mo><mn>2</mn></mtd></mtr><mtr><mtd S><mn>0</mn></mtd></mtr></mtable></mrow>"
                .Replace("S", "style=\"text-align:left;padding-inline:.2em 1em\"", StringComparison.Ordinal));

    [Fact]
    public void AlignedLines_MeetAtTheirSign() =>
        Markup(@"\begin{aligned} a &= b \\ &- c \end{aligned}", display: true).Should()
            .Be(("<mtable displaystyle=\"true\"><mtr><mtd R><mi>a</mi></mtd><mtd L><mo>=</mo><mi>b</mi></mtd></mtr>"
                + "<mtr><mtd R /><mtd L><mo form=\"prefix\">−</mo><mi>c</mi></mtd></mtr></mtable>")
                .Replace("R", "style=\"text-align:right;padding-inline:0\"", StringComparison.Ordinal)
                .Replace("L", "style=\"text-align:left;padding-inline:0\"", StringComparison.Ordinal));

    [Fact]
    public void Formula_CarriesItsSource() =>
        Formula.Read(@" a < \text{""b""} ", display: true).Html.Should().StartWith("<math alttext=\"a &lt; \\text{&quot;b&quot;}\" display=\"block\">");

    [Theory]
    [InlineData(@"a + \foo", @"\foo is not among the commands that the book typesets")]
    [InlineData(@"\begin{picture}", @"\begin{picture} is not among the environments that the book typesets")]
    [InlineData("{a", "a { is not closed")]
    [InlineData("a}", "a sign such as } & % stands where it means nothing")]
    [InlineData("a^", "something is missing at the end of the formula")]
    [InlineData("a_b_c", "a symbol has two subscripts")]
    [InlineData("a^b^c", "a symbol has two superscripts")]
    [InlineData("a^b'", "a prime follows a superscript")]
    [InlineData(@"\left(a", @"\left is not closed")]
    [InlineData(@"\left a", "a is no bracket")]
    [InlineData(@"\text a", @"\text has no {...} behind it")]
    [InlineData(@"\text{a", @"the { behind \text is not closed")]
    [InlineData(@"\begin{cases} a", @"\begin{cases} is not closed")]
    [InlineData(@"\begin{cases} a \end{aligned}", @"\begin{cases} is closed by \end{aligned}")]
    [InlineData("\\", @"\ is not among the commands that the book typesets")]
    public void Formula_NotUnderstood_IsShownAsItsSource_AndSaysWhy(string tex, string trouble)
    {
        var formula = Formula.Read(tex, display: false);

        formula.Trouble.Should().Be(trouble);
        formula.Html.Should().Be($"<code class=\"formula-source\">{WebUtility.HtmlEncode(tex)}</code>");
    }

    [Fact]
    public void Formula_OfAnyPieces_IsTypesetOrRefused()
    {
        var pieces = Gen.OneOf(
            "{", "}", "^", "_", "'", "&", @"\\", @"\frac", @"\sqrt", @"\left", @"\right", "(", ".", "1", "x", " ", @"\sum", @"\text", @"\begin{cases}", @"\end{cases}", @"\hat", "-", "\\", "𝔸", "\ud835", "\udfff", "\0", "\uffff");
        pieces.Array[0, 15].Select(string.Concat).Sample(
            tex => Formula.Read(tex, display: true) is var formula && (formula.Trouble is null) == formula.Html.StartsWith("<math", StringComparison.Ordinal),
            iter: 2_000);
    }

    [Fact]
    public void UnknownCommand_IsRemarkedOn_WithLessonCellAndCommand()
    {
        using var book = new BookFolder();
        var page = book.PageOf(Markdown("# A"), Code("1"), Markdown(@"So $a = \foo{b}$ and $a$."));

        book.Written.Remarks.Should().Equal(
            @"lesson.ipynb, cell 3 of all: \foo is not among the commands that the book typesets. The book shows the formula's source: a = \foo{b}");
        page.QuerySelector("code.formula-source")!.TextContent.Should().Be(@"a = \foo{b}");
        page.QuerySelectorAll("math").Should().HaveCount(1);
    }

    [Fact]
    public void Lessons_HaveFormulasThatAreAllTypeset()
    {
        using var book = new BookFolder();
        var folder = Path.Combine(Repository.Root, "notebooks");
        var files = Directory.GetFiles(folder, "*.ipynb", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            var notebook = NotebookReader.Read(file);
            book.Add(Path.GetRelativePath(folder, file), [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => Markdown(cell.Source))]);
        }
        book.Write();

        book.Written.Lessons.Should().Be(files.Length).And.BeGreaterThanOrEqualTo(8);
        book.Written.Remarks.Should().BeEmpty();
        book.Page("01-default-boxes.html").QuerySelectorAll("math").Should().NotBeEmpty();
    }

    private static string Markup(string tex, bool display)
    {
        var formula = Formula.Read(tex, display);
        formula.Trouble.Should().BeNull();
        return formula.Html[(formula.Html.IndexOf("<mrow>", StringComparison.Ordinal) + 6)..^"</mrow></math>".Length];
    }
}
