using AwesomeAssertions;
using CsCheck;
using Workbook.Book.Formulas;
using Workbook.Notebooks;
using Xunit;
using static Workbook.Tests.Book.BookFolder;

namespace Workbook.Tests.Book;

/// <summary>Formulas: TeX in, MathML out, and plain words about what is not understood.</summary>
public sealed class FormulaTests : IDisposable
{
    private readonly FormulaTypesetter _typesetter = new();

    public void Dispose() => _typesetter.Dispose();

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("s_k", "<msub><mi>s</mi><mi>k</mi></msub>")]
    [InlineData("x_{ij}^2", "<msubsup><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow><mn class=\"tml-sml-pad\">2</mn></msubsup>")]
    [InlineData("10^{12.5}", "<msup><mn>10</mn><mn>12.5</mn></msup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\frac{a}{23}", "<mfrac><mi>a</mi><mn>23</mn></mfrac>")]
    [InlineData(@"\sqrt{ab}", "<msqrt><mrow><mi>a</mi><mi>b</mi></mrow></msqrt>")]
    [InlineData("a - b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>")]
    [InlineData("-b", "<mrow><mo form=\"prefix\" stretchy=\"false\">−</mo><mi>b</mi></mrow>")]
    [InlineData(@"\log x", "<mrow><mrow><mi>log</mi><mo>\u2061</mo><mspace width=\"0.1667em\"></mspace></mrow><mi>x</mi></mrow>")]
    [InlineData(@"\alpha", "<mi>α</mi>")]
    [InlineData(@"c_\text{no object}", "<msub><mi>c</mi><mtext>no\u00a0object</mtext></msub>")]
    [InlineData("f'", "<msup><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\" class=\"tml-prime tml-lrg-pad\">′</mo></msup>")]
    [InlineData(@"\sum_i x", "<mrow><msub><mo movablelimits=\"false\">∑</mo><mi>i</mi></msub><mi>x</mi></mrow>")]
    public void Formula_InASentence_IsMathML(string tex, string markup) => Markup(tex, displayed: false).Should().Be(markup);

    [Theory]
    [InlineData(@"\sum_{i}^N", "<munderover><mo movablelimits=\"false\">∑</mo><mi>i</mi><mi>N</mi></munderover>")]
    [InlineData(@"\max_k", "<munder><mi>max</mi><mi>k</mi></munder>")]
    [InlineData(@"\frac{\sum_i}{2}", "<mfrac><msub><mo movablelimits=\"false\">∑</mo><mi>i</mi></msub><mn>2</mn></mfrac>")]
    [InlineData(@"\left(x\right)", "<mrow><mo fence=\"true\" form=\"prefix\" stretchy=\"true\">(</mo><mi>x</mi><mo fence=\"true\" form=\"postfix\" stretchy=\"true\">)</mo></mrow>")]
    public void Formula_OnItsOwnLine_HasRoomForLimits(string tex, string markup) => Markup(tex, displayed: true).Should().Contain(markup);

    [Theory]
    [InlineData(@"\begin{cases} 1 & x < 2 \\ 0 \\ \end{cases}", "tml-left tml-left tml-left tml-left")]
    [InlineData(@"\begin{aligned} a &= b \\ &- c \end{aligned}", "tml-right tml-left tml-right tml-left")]
    public void Columns_HaveTheirSides_InTheStyleSheetToo(string tex, string sides)
    {
        using var book = new BookFolder();
        var page = book.PageOf(Markdown($"$${tex}$$"));

        page.QuerySelectorAll("mtd").Select(cell => cell.ClassName).Should().Equal(sides.Split(' '));
        book.Html("book.css").Should().Contain(".tml-left { text-align: left; }").And.Contain(".tml-right { text-align: right; }");
    }

    [Fact]
    public void Formula_CarriesItsSource() =>
        _typesetter.Typeset(@" a < \text{""b""} ", displayed: true).MathMl.Should().StartWith("<math alttext=\"a &lt; \\text{&quot;b&quot;}\" display=\"block\"");

    [Fact]
    public void Definition_InOneFormula_DoesNotReachTheNext()
    {
        _typesetter.Typeset(@"\gdef\foo{x}\foo", displayed: false).Error.Should().BeNull();
        _typesetter.Typeset(@"\foo", displayed: false).Error.Should().Be(@"Unsupported function name: \foo");
    }

    [Theory]
    [InlineData(@"a + \foo", @"Unsupported function name: \foo")]
    [InlineData(@"\begin{picture}", "No such environment: picture")]
    [InlineData("{a", "Expected '}', got 'EOF' at end of input")]
    [InlineData("a}", "Expected 'EOF', got '}'")]
    [InlineData("a & b", "Expected 'EOF', got '&'")]
    [InlineData("a^", "The formula is not understood")]
    [InlineData("a_b_c", "Double subscript")]
    [InlineData("a^b^c", "Double superscript")]
    [InlineData("a^b'", "Double superscript")]
    [InlineData(@"\left(a", @"Expected '\right', got 'EOF' at end of input")]
    [InlineData(@"\left a", @"Invalid delimiter 'a' after '\left'")]
    [InlineData(@"\text{a", "Unexpected end of input in a macro argument, expected '}' at end of input")]
    [InlineData(@"\begin{cases} a", @"Expected & or \\ or \cr or \end at end of input")]
    [InlineData(@"\begin{cases} a \end{aligned}", @"Mismatch: \begin{cases} matched by \end{aligned}")]
    [InlineData("\\", @"Unexpected character: '\'")]
    [InlineData(@"\includegraphics{a.png}", @"\includegraphics is not allowed")]
    [InlineData(@"\class{cell}{x}", @"\class is not allowed")]
    [InlineData(@"\def\a{\a}\a", "Too many expansions: infinite loop or need to increase maxExpand setting")]
    public void Formula_NotUnderstood_IsRefused_AndSaysWhy(string tex, string error) =>
        _typesetter.Typeset(tex, displayed: false).Should().Be(new Formula(tex, MathMl: null, error));

    [Theory]
    [InlineData("$a < \\foo$", "<code class=\"formula-source\">a &lt; \\foo</code>")]
    [InlineData("$$a < \\foo$$", "<span class=\"formula\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\"><code class=\"formula-source\">a &lt; \\foo</code></span>")]
    public void Formula_ThatIsRefused_IsShownAsItsSource(string markdown, string html)
    {
        using var book = new BookFolder();
        book.PageOf(Markdown(markdown)).QuerySelector("article p")!.InnerHtml.Should().Be(html);
    }

    [Fact]
    public void Formula_OfBracesTooDeep_IsRefused_AndTheNextIsTypeset()
    {
        _typesetter.Typeset(new string('{', 3_000) + "x" + new string('}', 3_000), displayed: false).Error.Should().Be("The formula is not understood");
        _typesetter.Typeset(new string('{', 30) + "x" + new string('}', 30), displayed: false).Error.Should().BeNull();
    }

    [Fact]
    public void Formula_OfAnyPieces_IsTypesetOrRefused()
    {
        var pieces = Gen.OneOf(
            "{", "}", "^", "_", "'", "&", @"\\", @"\frac", @"\sqrt", @"\left", @"\right", "(", ".", "1", "x", " ", @"\sum", @"\text", @"\begin{cases}", @"\end{cases}", @"\hat", "-", "\\", "𝔸", "\ud835", "\udfff", "\0", "\uffff");
        pieces.Array[0, 15].Select(string.Concat).Sample(
            tex => _typesetter.Typeset(tex, displayed: true) is var formula
                && (formula.Error is null ? formula.MathMl!.StartsWith("<math", StringComparison.Ordinal) : formula.Error.Length > 0 && formula.MathMl is null),
            iter: 500,
            threads: 1); // a typesetter is one script
    }

    [Fact]
    public void Formula_WithCharactersThatNoPageMayHold_IsShownWithoutThem()
    {
        using var book = new BookFolder();
        book.PageOf(Markdown("So $a\u0007\uffffb$.")).QuerySelector("math")!.GetAttribute("alttext").Should().Be("ab");
    }

    [Fact]
    public void UnknownCommand_IsRemarkedOn_WithLessonCellAndCommand()
    {
        using var book = new BookFolder();
        var page = book.PageOf(Markdown("# A"), Code("1"), Markdown(@"So $a = \foo{b}$ and $a$."));

        book.Written.Remarks.Should().Equal(
            @"lesson.ipynb, cell 3 of all: Unsupported function name: \foo. The book shows the formula's source: a = \foo{b}");
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

    private string Markup(string tex, bool displayed)
    {
        var formula = _typesetter.Typeset(tex, displayed);
        formula.Error.Should().BeNull();
        var mathMl = formula.MathMl!;
        return mathMl[(mathMl.IndexOf('>', StringComparison.Ordinal) + 1)..^"</math>".Length];
    }
}
