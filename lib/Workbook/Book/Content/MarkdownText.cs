using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Workbook.Book.Formulas;
using Workbook.Notebooks;

namespace Workbook.Book.Content;

/// <summary>Markdown as notebooks have it: CommonMark, pipe tables, bare links, pictures attached to the cell, and formulas between dollar signs.</summary>
/// <param name="typesetter">Typesets the formulas.</param>
internal sealed class MarkdownText(FormulaTypesetter typesetter)
{
    private const string FormulaClass = "formula-source";
    private const string DisplayedClass = "displayed";
    private const string AttachmentScheme = "attachment:";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseMathematics().Build();

    /// <summary>Adds the text to the end of an element, without markup that is not on the sanitizer's list.</summary>
    /// <param name="parent">The element.</param>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The cell's pictures by name, their bytes by mime type in base 64; null where it has none.</param>
    /// <param name="refused">Gains the formulas that are shown as their source.</param>
    public void AppendTo(IElement parent, string markdown, JsonObject? attachments, ICollection<Formula> refused)
    {
        MarkdownSanitizer.AppendTo(parent, ToHtml(markdown));
        EmbedAttachments(parent, attachments);
        SelfContainment.Enforce(parent);
        Typeset(parent, refused);
        foreach (var lines in parent.QuerySelectorAll("pre").Where(lines => CellOutputs.MayScroll(lines.TextContent)))
        {
            lines.MakeReachable("Code");
        }
        foreach (var code in parent.QuerySelectorAll("pre > code.language-csharp, pre > code.language-cs, pre > code[class='language-c#']"))
        {
            code.InnerHtml = CodeColors.ToHtml(code.TextContent);
        }
    }

    /// <summary>The text as HTML, formulas as marked source. Markup in it is passed through, so it is not safe and not even balanced.</summary>
    private static string ToHtml(string markdown)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new InlineFormulas());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new DisplayedFormulas());
        renderer.Render(Markdown.Parse(markdown, Pipeline));
        return writer.ToString();
    }

    private static void EmbedAttachments(IElement parent, JsonObject? attachments)
    {
        foreach (var picture in parent.QuerySelectorAll("img[src]"))
        {
            var source = picture.GetAttribute("src")!;
            if (source.StartsWith(AttachmentScheme, StringComparison.OrdinalIgnoreCase)
                && attachments?[Uri.UnescapeDataString(source[AttachmentScheme.Length..])] is JsonObject forms
                && forms.FirstOrDefault(form => form.Key.StartsWith("image/", StringComparison.Ordinal)) is { Key: { } type, Value: { } bytes })
            {
                picture.SetAttribute("src", $"data:{type};base64,{NotebookText.FromJson(bytes)?.ReplaceLineEndings("")}");
            }
        }
    }

    private void Typeset(IElement parent, ICollection<Formula> refused)
    {
        foreach (var source in parent.QuerySelectorAll($"code.{FormulaClass}").ToList())
        {
            var displayed = source.ClassList.Contains(DisplayedClass);
            var formula = typesetter.Typeset(source.TextContent, displayed);
            var shown = source;
            if (formula.MathMl is not null)
            {
                shown = HtmlTree.Parse(formula.MathMl, parent);
                source.Replace(shown);
            }
            else
            {
                source.TextContent = formula.Source;
                source.ClassName = FormulaClass;
                refused.Add(formula);
            }
            if (displayed)
            {
                // A formula may be wider than the page; then it scrolls by itself.
                shown.Wrap("span", "formula").MakeReachable("Formula");
            }
            else
            {
                KeepWithItsPunctuation(shown);
            }
        }
    }

    // Browsers break a line after a formula even where a comma or a period follows.
    private static void KeepWithItsPunctuation(IElement formula)
    {
        if (formula.NextSibling is IText text && text.Data.TakeWhile(one => char.IsPunctuation(one) && one != '(').Count() is var length and > 0)
        {
            var marks = text.Data[..length];
            text.Delete(0, length);
            formula.Wrap("span", "unbroken").AppendChild(formula.Owner!.CreateTextNode(marks));
        }
    }

    private static void WriteSource(HtmlRenderer renderer, string tex, bool displayed)
    {
        renderer.Write($"<code class=\"{FormulaClass}{(displayed ? " " + DisplayedClass : "")}\">");
        renderer.WriteEscape(PrintableText.Of(tex));
        renderer.Write("</code>");
    }

    private sealed class InlineFormulas : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) => WriteSource(renderer, obj.Content.ToString(), displayed: obj.DelimiterCount == 2);
    }

    private sealed class DisplayedFormulas : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) => WriteSource(renderer, obj.Lines.ToString(), displayed: true);
    }
}
