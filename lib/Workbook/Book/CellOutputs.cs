using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Book.Formulas;
using Workbook.Notebooks;

namespace Workbook.Book;

/// <summary>A cell's outputs in the richest form that a browser shows by itself.</summary>
internal static class CellOutputs
{
    private const int WidestText = 60; // characters that fit a narrow page; longer lines scroll, and have to be reachable without a mouse
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <summary>An output as HTML; a cell's own HTML is passed through, for its figures are to come alive.</summary>
    /// <param name="output">An output in the notebook format; one of an unknown kind gives nothing.</param>
    /// <param name="cell">How the page names the cell.</param>
    /// <param name="untypeset">Gains the formulas that are shown as their source.</param>
    public static string ToHtml(JsonObject output, string cell, ICollection<Formula> untypeset) => Word(output["output_type"]) switch
    {
        "stream" => Stream(Word(output["name"]), Text(output["text"]), cell),
        "error" => Error(output, cell),
        "display_data" or "execute_result" when output["data"] is JsonObject data => Shown(data, cell, untypeset),
        _ => "",
    };

    /// <summary>Lines of fixed width, in a box that scrolls where they are long.</summary>
    /// <param name="text">The text, not escaped.</param>
    /// <param name="label">What the box is, for a reader who does not see it.</param>
    public static string Lines(string text, string label) => Box(text, WebUtility.HtmlEncode(Printable.Of(text)), label);

    /// <summary>The same for lines that are HTML already.</summary>
    public static string Box(string text, string html, string label)
    {
        var reachable = MayScroll(text) ? $" tabindex=\"0\" role=\"group\" aria-label=\"{WebUtility.HtmlEncode(label)}\"" : "";
        // A line feed first: HTML drops one there, and the text may begin with its own.
        return $"<pre{reachable}>\n{html}</pre>";
    }

    /// <summary>Whether lines of fixed width may be too long for the page, so that a reader without a mouse has to reach them.</summary>
    public static bool MayScroll(string text) => text.Split('\n').Max(line => line.Length) > WidestText;

    private static string Stream(string name, string text, string cell) =>
        name == "stderr" ? $"<div class=\"stream stderr\"><p class=\"name\">stderr</p>{Lines(text, $"stderr of {cell}")}</div>"
            : $"<div class=\"stream\">{Lines(text, $"stdout of {cell}")}</div>";

    private static string Error(JsonObject output, string cell)
    {
        var trace = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(Word));
        return $"""
            <div class="error"><p><strong>{WebUtility.HtmlEncode(Word(output["ename"]))}</strong>: {WebUtility.HtmlEncode(Printable.Of(Word(output["evalue"])))}</p>
            {(trace.Length > 0 ? Lines(trace, $"Where the error of {cell} comes from") : "")}</div>
            """;
    }

    private static string Shown(JsonObject data, string cell, ICollection<Formula> untypeset)
    {
        var plain = Text(data["text/plain"]);
        var alternative = WebUtility.HtmlEncode(plain.Length > 0 ? Printable.Of(plain) : $"A picture that {cell} shows");
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
        if (data.ContainsKey("text/markdown"))
        {
            return $"<div class=\"prose\">{MarkdownText.ToHtml(Text(data["text/markdown"]), untypeset)}</div>";
        }
        return plain.Length > 0 ? Lines(plain, $"Result of {cell}")
            : data["application/json"] is { } json ? Lines(json.ToJsonString(Indented), $"Result of {cell}")
            : string.Create(CultureInfo.InvariantCulture, $"<p class=\"left-out\">A browser cannot show this by itself: {WebUtility.HtmlEncode(string.Join(", ", data.Select(one => one.Key)))}.</p>");
    }

    private static string Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static string Text(JsonNode? node) => NotebookText.FromJson(node) ?? "";
}
