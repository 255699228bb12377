using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Notebooks;

/// <summary>Writes executed copies of notebooks, format 4.5.</summary>
public static class NotebookWriter
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        // As Jupyter writes them: letters beyond ASCII stay readable. The file is JSON, never a part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a copy of a notebook with what its cells left; the file is whole or absent, never half written.</summary>
    /// <param name="notebook">The notebook as it was run.</param>
    /// <param name="executed">What each cell left, by its place; a code cell that is missing here was not run.</param>
    /// <param name="path">The file to write; its folder is made where needed.</param>
    public static void Write(Notebook notebook, IReadOnlyDictionary<int, ExecutedCell> executed, string path)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(executed);
        var json = (JsonObject)notebook.Json.DeepClone();
        json["nbformat_minor"] = Math.Max(5, json.Number("nbformat_minor") ?? 0);
        json["metadata"] ??= new JsonObject();
        json["cells"] = new JsonArray([.. notebook.Cells.Select((cell, index) => Cell(cell, executed.GetValueOrDefault(index)))]);
        JsonFile.Write(path, json.ToJsonString(Layout) + "\n");
    }

    private static JsonObject Cell(NotebookCell cell, ExecutedCell? executed)
    {
        var json = (JsonObject)cell.Json.DeepClone();
        json["id"] ??= NotebookCell.NewId();
        var metadata = json["metadata"] as JsonObject;
        if (metadata is null)
        {
            json["metadata"] = metadata = [];
        }
        if (cell.Kind != CellKind.Code)
        {
            return json;
        }
        json["execution_count"] = executed?.Count;
        json["outputs"] = new JsonArray([.. (executed?.Output.Outputs ?? []).Select(output => output.DeepClone())]);
        metadata.Remove("execution");
        if (executed is not null)
        {
            metadata["execution"] = new JsonObject
            {
                ["iopub.execute_input"] = Time(executed.Started),
                ["iopub.status.busy"] = Time(executed.Started),
                ["iopub.status.idle"] = Time(executed.Ended),
                ["shell.execute_reply"] = Time(executed.Ended),
            };
        }
        return json;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>What running a code cell left behind.</summary>
/// <param name="Count">The number that Jupyter shows beside the cell, from 1.</param>
/// <param name="Output">The cell's outputs; what it left running may still add to them.</param>
/// <param name="Started">When the cell began.</param>
/// <param name="Ended">When it ended.</param>
public sealed record ExecutedCell(int Count, OutputCollector Output, DateTimeOffset Started, DateTimeOffset Ended);
