using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Notebooks;

/// <summary>Reads notebook files, format 4 of any minor version.</summary>
public static class NotebookReader
{
    /// <summary>Reads one notebook.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="NotebookFormatException">The file is not there, is not JSON, or is not a notebook of format 4.</exception>
    public static Notebook Read(string path)
    {
        path = Path.GetFullPath(path);
        if (Parse(path) is not JsonObject json || json["cells"] is not JsonArray cells)
        {
            throw new NotebookFormatException(
                $"{path} is JSON but not a notebook: it has no list of cells. Give a Jupyter notebook (.ipynb) of format 4.");
        }
        if (json.Number("nbformat") != 4)
        {
            throw new NotebookFormatException(
                $"{path} is not a notebook of format 4 (nbformat is {json["nbformat"]?.ToJsonString() ?? "missing"}). "
                + "Open and save it in a current Jupyter or VS Code to convert it.");
        }
        return new Notebook(path, [.. cells.Select((cell, index) => ReadCell(path, index + 1, cell))], json);
    }

    private static JsonNode? Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new NotebookFormatException(
                $"{path} is not JSON (line {e.LineNumber + 1}), so it is not a notebook. "
                + "Save it again from the editor that made it, or give another file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"{path} cannot be read: {e.Message} Check the path and its permissions.", e);
        }
    }

    private static NotebookCell ReadCell(string path, int number, JsonNode? node)
    {
        if (node is not JsonObject json || NotebookText.FromJson(json["source"]) is not { } source)
        {
            throw Broken(path, number, "it has no text in 'source'");
        }
        var kind = json.Text("cell_type") switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw Broken(path, number, $"its cell_type is {other ?? "missing"}, not code, markdown or raw"),
        };
        var metadata = json["metadata"] as JsonObject;
        var tags = metadata?["tags"] as JsonArray;
        return new NotebookCell(
            kind,
            source,
            tags is null ? [] : [.. tags.Select(tag => tag.Text()).OfType<string>()],
            (metadata?["polyglot_notebook"] as JsonObject)?.Text("kernelName"),
            json);
    }

    private static NotebookFormatException Broken(string path, int number, string what) =>
        new($"{path}: cell {number} cannot be read: {what}. Save the notebook again from the editor that made it.");
}

/// <summary>A file is not a notebook that this program can run. The message names the file and says what to do.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The file, what is wrong with it, and what to do.</param>
    /// <param name="cause">What the parser said, if it said anything.</param>
    public NotebookFormatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
