using AngleSharp.Dom;
using Ganss.Xss;

namespace Workbook.Book.Content;

/// <summary>Cleans the HTML that Markdown was turned into. A list says what may stay; everything else is removed.</summary>
/// <remarks>
/// Text is cleaned before its formulas are typeset, so that no MathML has to be let through.
/// What code puts out is not cleaned here, for its scripts have to run.
/// </remarks>
internal static class MarkdownSanitizer
{
    private const string Tags =
        "h1 h2 h3 h4 h5 h6 p div section br hr a abbr b bdi bdo blockquote cite code dd del details dfn dl dt em figcaption figure i img ins kbd li mark ol "
        + "pre q rp rt ruby s samp small span strong sub summary sup caption col colgroup table tbody td tfoot th thead tr u ul var wbr";

    private const string Attributes = "align alt class colspan dir height href id lang open reversed rowspan scope span src start style title type value width";

    // A tag that is not on the list loses its brackets and keeps its words, for List<int> is one to an HTML parser. What stands in these is no text.
    private static readonly string[] Wordless = ["iframe", "math", "noembed", "noframes", "noscript", "script", "style", "svg", "template", "title"];

    private static readonly HtmlSanitizer Sanitizer = Create();

    /// <summary>Adds HTML to the end of an element, cleaned.</summary>
    public static void AppendTo(IElement parent, string html)
    {
        foreach (var node in Sanitizer.SanitizeDom(html).Body!.ChildNodes.ToList())
        {
            parent.AppendChild(node);
        }
    }

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set(Tags),
            AllowedAttributes = Set(Attributes),
            AllowedSchemes = Set("http https mailto attachment data"),
            UriAttributes = Set("href src"),
            AllowedCssProperties = Set("text-align"), // Markdown's own tables have it
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.RemovingTag += (_, e) =>
        {
            if (Wordless.Contains(e.Tag.LocalName))
            {
                e.Tag.TextContent = "";
            }
        };
        sanitizer.FilterUrl += (_, e) =>
        {
            if (e.Tag.LocalName != "img" && e.SanitizedUrl?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
            {
                e.SanitizedUrl = null; // a picture at most; a link would open a page of anybody's
            }
        };
        return sanitizer;

        static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
    }
}
