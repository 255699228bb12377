using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Workbook.Outputs;

namespace Workbook.Notebooks;

/// <summary>Gathers one cell's outputs in the notebook format: console text joined, updated displays replaced in place.</summary>
/// <param name="count">The cell's execution count.</param>
/// <param name="displays">What the notebook's cells have shown so far, by display id: a later cell may update it.</param>
public sealed class OutputCollector(int count, ConcurrentDictionary<string, JsonObject> displays)
{
    private readonly Lock _adding = new();
    private readonly List<(JsonObject Json, TerminalText? Text)> _outputs = [];
    private bool _clearNext;

    /// <summary>The outputs so far.</summary>
    public ImmutableArray<JsonObject> Outputs
    {
        get
        {
            lock (_adding)
            {
                foreach (var (json, text) in _outputs)
                {
                    if (text is not null)
                    {
                        json["text"] = NotebookText.ToJson(text.ToString());
                    }
                }
                return [.. _outputs.Select(output => output.Json)];
            }
        }
    }

    /// <summary>Adds an output of the cell.</summary>
    /// <param name="output">The output.</param>
    public void Add(CellOutput output)
    {
        lock (_adding)
        {
            AddInOrder(output);
        }
    }

    private void AddInOrder(CellOutput output)
    {
        if (output is not DisplayUpdate)
        {
            if (_clearNext || output is ClearOutput { Wait: false })
            {
                _outputs.Clear();
            }
            _clearNext = output is ClearOutput { Wait: true };
        }
        switch (output)
        {
            case StreamOutput stream:
                AddText(stream);
                break;
            case DisplayOutput display:
                var json = Shown("display_data", display.Data);
                displays[display.DisplayId] = json;
                _outputs.Add((json, null));
                break;
            case DisplayUpdate update when displays.TryGetValue(update.DisplayId, out var shown):
                shown["data"] = Data(update.Data);
                break;
            case ResultOutput result:
                var value = Shown("execute_result", result.Data);
                value["execution_count"] = count;
                _outputs.Add((value, null));
                break;
            case ErrorOutput error:
                var ended = OutputJson.Error(error, line => line);
                ended.Insert(0, "output_type", "error");
                _outputs.Add((ended, null));
                break;
        }
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

    private static JsonObject Data(MimeBundle bundle) => OutputJson.Data(bundle, NotebookText.ToJson);
}
