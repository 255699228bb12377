using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Workbook.Book;

/// <summary>Takes out of foreign markup what a page of the book must not have.</summary>
internal static partial class SafeMarkup
{
    private static readonly string[] Sources = ["src", "srcset", "poster", "data", "background", "href", "xlink:href"];

    /// <summary>Leaves text and pictures: markup within Markdown runs nothing, as in every notebook editor.</summary>
    public static void MakePassive(IElement root)
    {
        Remove(root, "script, style, iframe, frame, object, embed, applet, form, input, button, select, textarea, animate, set");
        foreach (var element in root.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(RunsSomething).ToList())
            {
                element.RemoveAttribute(attribute.Name);
            }
        }
        MakeLocal(root);
    }

    /// <summary>Leaves nothing that acts on the page as a whole, and nothing that a browser would fetch: a page holds its pictures.</summary>
    /// <remarks>The pages' own policy forbids the network too; here a reader is told what is missing.</remarks>
    public static void MakeLocal(IElement root)
    {
        Remove(root, "base, meta, title:not(svg title), plaintext, link:not([href^='data:'])");
        foreach (var element in root.QuerySelectorAll("*").Where(element => element.LocalName is not ("a" or "area")).ToList())
        {
            if (Sources.Select(element.GetAttribute).FirstOrDefault(IsElsewhere) is { } address)
            {
                var note = root.Owner!.CreateElement("span");
                note.ClassName = "left-out";
                note.TextContent = $"Left out, for a page of this book holds all that it shows: {address.Trim()} {element.GetAttribute("alt")}".TrimEnd();
                element.Replace(note);
            }
        }
    }

    private static void Remove(IElement root, string selector)
    {
        foreach (var element in root.QuerySelectorAll(selector).ToList())
        {
            element.Remove();
        }
    }

    private static bool RunsSomething(IAttr attribute) => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
        || ScriptAddress().IsMatch(attribute.Value);

    private static bool IsElsewhere(string? address) => address is not null && !HeldAddress().IsMatch(address);

    // Browsers pass over white space and control characters in the scheme.
    [GeneratedRegex(@"^[\s\x00-\x1f]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|v\s*b\s*s\s*c\s*r\s*i\s*p\s*t)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptAddress();

    [GeneratedRegex(@"^\s*(data:|blob:|#|$)", RegexOptions.IgnoreCase)]
    private static partial Regex HeldAddress();
}
