using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Workbook.Book.Formulas;

namespace Workbook.Book;

/// <summary>Markdown as notebooks have it: CommonMark, pipe tables, bare links, and formulas between dollar signs.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseMathematics().Build();

    /// <summary>The text as HTML. Markup in it is passed through, so it is not safe and not even balanced.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="untypeset">Gains the formulas that are shown as their source.</param>
    public static string ToHtml(string markdown, ICollection<Formula> untypeset)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new InlineFormulas(untypeset));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new DisplayedFormulas(untypeset));
        renderer.Render(Markdown.Parse(markdown, Pipeline));
        return writer.ToString();
    }

    private static void Write(HtmlRenderer renderer, string tex, bool display, ICollection<Formula> untypeset)
    {
        var formula = Formula.Read(tex, display);
        if (formula.Trouble is not null)
        {
            untypeset.Add(formula);
        }
        // A formula may be wider than the page; then it scrolls by itself, and a reader without a mouse has to reach it.
        renderer.Write(display ? $"<span class=\"formula\" role=\"group\" aria-label=\"Formula\" tabindex=\"0\">{formula.Html}</span>" : formula.Html);
    }

    private sealed class InlineFormulas(ICollection<Formula> untypeset) : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) =>
            MarkdownText.Write(renderer, obj.Content.ToString(), display: obj.DelimiterCount == 2, untypeset);
    }

    private sealed class DisplayedFormulas(ICollection<Formula> untypeset) : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
            MarkdownText.Write(renderer, obj.Lines.ToString(), display: true, untypeset);
    }
}
