using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Formatting;

namespace Workbook.Notebooks;

/// <summary>Gathers cells' outputs in the notebook format: console text joined, updated displays replaced in place.</summary>
public sealed class OutputCollector
{
    private readonly Dictionary<string, JsonObject> _displays = [];
    private List<(JsonObject Json, TerminalText? Text)> _outputs = [];

    /// <summary>Adds one output of the running cell.</summary>
    /// <param name="output">The output.</param>
    /// <param name="count">The cell's execution count.</param>
    public void Add(CellOutput output, int count)
    {
        switch (output)
        {
            case StreamOutput stream:
                AddText(stream);
                break;
            case DisplayOutput display:
                var json = Shown("display_data", display.Data);
                _displays[display.DisplayId] = json;
                _outputs.Add((json, null));
                break;
            case DisplayUpdate update when _displays.TryGetValue(update.DisplayId, out var shown):
                shown["data"] = Data(update.Data);
                break;
            case ResultOutput result:
                var value = Shown("execute_result", result.Data);
                value["execution_count"] = count;
                _outputs.Add((value, null));
                break;
            case ErrorOutput error:
                _outputs.Add((new JsonObject
                {
                    ["output_type"] = "error",
                    ["ename"] = error.Name,
                    ["evalue"] = error.Message,
                    ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
                }, null));
                break;
        }
    }

    /// <summary>The outputs since the last call. A later cell may still update a display among them.</summary>
    public ImmutableArray<JsonObject> Take()
    {
        foreach (var (json, text) in _outputs)
        {
            if (text is not null)
            {
                json["text"] = NotebookText.ToJson(text.ToString());
            }
        }
        var taken = _outputs;
        _outputs = [];
        return [.. taken.Select(output => output.Json)];
    }

    private void AddText(StreamOutput stream)
    {
        if (_outputs.Count == 0 || _outputs[^1] is not ({ } last, { } text) || (string?)last["name"] != stream.Name)
        {
            text = new TerminalText();
            _outputs.Add((new JsonObject { ["output_type"] = "stream", ["name"] = stream.Name }, text));
        }
        text.Write(stream.Text);
    }

    private static JsonObject Shown(string type, MimeBundle bundle) =>
        new() { ["output_type"] = type, ["data"] = Data(bundle), ["metadata"] = new JsonObject() };

    private static JsonObject Data(MimeBundle bundle) => new(bundle.Forms.OrderBy(form => form.Key, StringComparer.Ordinal)
        .Select(form => KeyValuePair.Create(form.Key, Form(form.Key, form.Value))));

    // The format wants JSON types as JSON, not as text.
    private static JsonNode? Form(string mimeType, string text)
    {
        if (mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return NotebookText.ToJson(text);
            }
        }
        return NotebookText.ToJson(text);
    }
}
