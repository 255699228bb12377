using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Workbook.Book.Content;

/// <summary>Removes from a part of a page what acts on the page as a whole, and what a browser would have to fetch.</summary>
/// <remarks>The pages' own policy forbids the network too; here a reader is told what is missing.</remarks>
internal static partial class SelfContainment
{
    private static readonly string[] Sources = ["src", "srcset", "poster", "data", "background", "href", "xlink:href"];

    /// <summary>Removes it from an element, with a note in the place of each picture.</summary>
    public static void Enforce(IElement root)
    {
        foreach (var element in root.QuerySelectorAll("base, meta, title:not(svg title), plaintext, link:not([href^='data:'])").ToList())
        {
            element.Remove();
        }
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

    private static bool IsElsewhere(string? address) => address is not null && !HeldAddress().IsMatch(address);

    [GeneratedRegex(@"^\s*(data:|blob:|#|$)", RegexOptions.IgnoreCase)]
    private static partial Regex HeldAddress();
}
