using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Workbook.Book.Formulas;
using Workbook.Json;
using Workbook.Notebooks;

namespace Workbook.Book.Content;

/// <summary>A cell's outputs in the richest form that a browser shows by itself.</summary>
internal static class CellOutputs
{
    private const int MaxLineLength = 60; // characters that fit a narrow page; longer lines scroll, and have to be reachable without a mouse
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    private static readonly string[] Richer = ["text/html", "image/svg+xml", .. Pictures]; // than Markdown

    /// <summary>Adds an output to the end of an element. A cell's own HTML keeps its scripts, for its figures are to come alive.</summary>
    /// <param name="parent">The element.</param>
    /// <param name="output">An output in the notebook format; one of an unknown kind adds nothing.</param>
    /// <param name="cell">How the page names the cell.</param>
    /// <param name="text">Reads an output that is Markdown.</param>
    /// <param name="refused">Gains the formulas that are shown as their source.</param>
    public static void AppendTo(IElement parent, JsonObject output, string cell, MarkdownText text, ICollection<Formula> refused)
    {
        if (output["data"] is JsonObject data && data.ContainsKey("text/markdown") && !Richer.Any(data.ContainsKey))
        {
            text.AppendTo(parent.AppendElement("div", "prose"), Text(data["text/markdown"]), attachments: null, refused);
            return;
        }
        HtmlTree.Append(parent, ToHtml(output, cell));
        SelfContainment.Enforce(parent);
    }

    private static string ToHtml(JsonObject output, string cell) => Word(output["output_type"]) switch
    {
        "stream" => Stream(Word(output["name"]), Text(output["text"]), cell),
        "error" => Error(output, cell),
        "display_data" or "execute_result" when output["data"] is JsonObject data => Shown(data, cell),
        _ => "",
    };

    /// <summary>Lines of fixed width, in a box that scrolls where they are long.</summary>
    /// <param name="text">The text, not escaped.</param>
    /// <param name="label">What the box is, for a reader who does not see it.</param>
    public static string Lines(string text, string label) => Box(text, WebUtility.HtmlEncode(PrintableText.Of(text)), label);

    /// <summary>The same for lines that are HTML already.</summary>
    public static string Box(string text, string html, string label)
    {
        var reachable = MayScroll(text) ? $" tabindex=\"0\" role=\"group\" aria-label=\"{WebUtility.HtmlEncode(label)}\"" : "";
        // A line feed first: HTML drops one there, and the text may begin with its own.
        return $"<pre{reachable}>\n{html}</pre>";
    }

    /// <summary>Whether lines of fixed width may be too long for the page, so that a reader without a mouse has to reach them.</summary>
    public static bool MayScroll(string text) => text.Split('\n').Max(line => line.Length) > MaxLineLength;

    private static string Stream(string name, string text, string cell) =>
        name == "stderr" ? $"<div class=\"stream stderr\"><p class=\"name\">stderr</p>{Lines(text, $"stderr of {cell}")}</div>"
            : $"<div class=\"stream\">{Lines(text, $"stdout of {cell}")}</div>";

    private static string Error(JsonObject output, string cell)
    {
        var trace = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(Word));
        return $"""
            <div class="error"><p><strong>{WebUtility.HtmlEncode(Word(output["ename"]))}</strong>: {WebUtility.HtmlEncode(PrintableText.Of(Word(output["evalue"])))}</p>
            {(trace.Length > 0 ? Lines(trace, $"Where the error of {cell} comes from") : "")}</div>
            """;
    }

    private static string Shown(JsonObject data, string cell)
    {
        var plain = Text(data["text/plain"]);
        var alternative = WebUtility.HtmlEncode(plain.Length > 0 ? PrintableText.Of(plain) : $"A picture that {cell} shows");
        if (data.ContainsKey("text/html"))
        {
            return $"<div class=\"html\">{Text(data["text/html"])}</div>";
        }
        if (data.ContainsKey("image/svg+xml"))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(Text(data["image/svg+xml"]));
            return $"<img alt=\"{alternative}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(bytes)}\">";
        }
        if (Pictures.FirstOrDefault(data.ContainsKey) is { } type)
        {
            var base64 = string.Concat(Text(data[type]).Where(one => !char.IsWhiteSpace(one)));
            return $"<img alt=\"{alternative}\" src=\"data:{type};base64,{WebUtility.HtmlEncode(base64)}\">";
        }
        return plain.Length > 0 ? Lines(plain, $"Result of {cell}")
            : data["application/json"] is { } json ? Lines(json.ToJsonString(Indented), $"Result of {cell}")
            : string.Create(CultureInfo.InvariantCulture, $"<p class=\"left-out\">A browser cannot show this by itself: {WebUtility.HtmlEncode(string.Join(", ", data.Select(one => one.Key)))}.</p>");
    }

    private static string Word(JsonNode? node) => node.Text() ?? "";

    private static string Text(JsonNode? node) => NotebookText.FromJson(node) ?? "";
}
