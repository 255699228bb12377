using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Notebooks;

/// <summary>Text in the notebook format: one string, or a list of lines that keep their line ends.</summary>
public static class NotebookText
{
    /// <summary>Splits text into the list of lines that Jupyter itself writes, so that differences stay readable.</summary>
    /// <param name="text">Any text; empty gives an empty list.</param>
    public static JsonArray ToJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    /// <summary>Joins what <see cref="ToJson"/> splits; null where the node is neither form.</summary>
    /// <param name="node">A string, a list of strings, or null for no text.</param>
    public static string? FromJson(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => lines.All(line => line.Text() is not null) ? string.Concat(lines.Select(line => line.Text())).ReplaceLineEndings("\n") : null,
        _ => node.Text()?.ReplaceLineEndings("\n"),
    };
}
