using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Workbook.Book;

/// <summary>HTML of unknown origin as elements: whatever it leaves open or closes too often is settled as browsers settle it.</summary>
internal static class HtmlTree
{
    private static readonly HtmlParser Parser = new();

    /// <summary>An empty document to put elements into.</summary>
    public static IHtmlDocument Document() => Parser.ParseDocument("");

    /// <summary>Adds HTML to the end of an element. It stays inside: no end tag in it ends anything outside.</summary>
    public static void Append(IElement parent, string html)
    {
        foreach (var node in Parser.ParseFragment(html, parent).ToList())
        {
            parent.AppendChild(node);
        }
    }

    /// <summary>Adds a new element to the end of another.</summary>
    public static IElement AppendElement(this IElement parent, string name, string? className = null)
    {
        var element = parent.Owner!.CreateElement(name);
        if (className is not null)
        {
            element.ClassName = className;
        }
        parent.AppendChild(element);
        return element;
    }

    /// <summary>Puts an element around another.</summary>
    public static IElement Wrap(this IElement inner, string name, string className)
    {
        var outer = inner.Owner!.CreateElement(name);
        outer.ClassName = className;
        inner.Replace(outer);
        outer.AppendChild(inner);
        return outer;
    }

    /// <summary>The inside of an element without links and anchors, to be shown in a second place.</summary>
    public static string Quoted(this IElement element)
    {
        var copy = (IElement)element.Clone();
        foreach (var link in copy.QuerySelectorAll("a").ToList())
        {
            link.Replace([.. link.ChildNodes]);
        }
        foreach (var anchor in copy.QuerySelectorAll("[id]"))
        {
            anchor.RemoveAttribute("id");
        }
        return copy.InnerHtml.Trim();
    }

    /// <summary>The text of an element with single spaces, formulas as their TeX.</summary>
    public static string Words(this IElement element)
    {
        var copy = (IElement)element.Clone();
        foreach (var formula in copy.QuerySelectorAll("math"))
        {
            formula.TextContent = formula.GetAttribute("alttext") ?? formula.TextContent;
        }
        return string.Join(' ', copy.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
