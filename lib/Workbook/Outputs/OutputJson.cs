using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Outputs;

/// <summary>The JSON of outputs that Jupyter's messages and notebook files have in common.</summary>
internal static class OutputJson
{
    /// <summary>A value's forms by mime type, in alphabetical order: JSON as JSON, and all else as text.</summary>
    /// <param name="bundle">The forms. One that is named JSON and cannot be parsed is text too.</param>
    /// <param name="text">Writes a text: a message holds it as one string, a notebook file as a list of lines.</param>
    public static JsonObject Data(MimeBundle bundle, Func<string, JsonNode?> text) => new(bundle.Forms
        .OrderBy(form => form.Key, StringComparer.Ordinal)
        .Select(form => KeyValuePair.Create(form.Key, IsJson(form.Key) && TryParse(form.Value, out var json) ? json : text(form.Value))));

    /// <summary>An error's name, message and traceback.</summary>
    /// <param name="error">The error.</param>
    /// <param name="line">Makes of a line of the traceback what is written.</param>
    public static JsonObject Error(ErrorOutput error, Func<string, string> line) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(text => JsonValue.Create(line(text)))]),
    };

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    private static bool TryParse(string text, out JsonNode? json)
    {
        try
        {
            json = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            json = null;
            return false;
        }
    }
}
