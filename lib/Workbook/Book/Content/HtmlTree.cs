using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Workbook.Book.Content;

/// <summary>HTML of unknown origin as elements. Tags that do not match are paired as browsers pair them.</summary>
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

    /// <summary>HTML of one element as that element.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="context">An element that it could stand in.</param>
    public static IElement Parse(string html, IElement context) => Parser.ParseFragment(html, context).OfType<IElement>().Single();

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

    /// <summary>Lets a reader without a mouse scroll an element that may be too wide for the page.</summary>
    /// <param name="box">The element.</param>
    /// <param name="label">What it is, for a reader who does not see it.</param>
    public static void MakeReachable(this IElement box, string label)
    {
        box.SetAttribute("tabindex", "0");
        box.SetAttribute("role", "group");
        box.SetAttribute("aria-label", label);
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
