using System.Text.Json.Nodes;

namespace Workbook.Tests.Notebooks;

/// <summary>Small notebooks in a test's own folder, and the copies that a run leaves there.</summary>
internal static class NotebookFolder
{
    /// <summary>Writes a notebook with code cells.</summary>
    public static void Notebook(this TemporaryFolder folder, string name, params string[] cells) =>
        folder.Notebook(name, [.. cells.Select(source => (source, ""))]);

    /// <summary>Writes a notebook with code cells and a tag for each; an empty one is none.</summary>
    public static void Notebook(this TemporaryFolder folder, string name, params (string Source, string Tag)[] cells)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, index) => new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["id"] = $"cell-{index}",
                ["metadata"] = cell.Tag.Length == 0 ? [] : new JsonObject { ["tags"] = new JsonArray(cell.Tag) },
                ["outputs"] = new JsonArray(),
                ["source"] = cell.Source,
            })]),
            ["metadata"] = new JsonObject { ["own"] = new JsonObject { ["kept"] = true } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        folder.Write(json.ToJsonString(), name);
    }

    /// <summary>The executed copy of a notebook.</summary>
    public static JsonNode Copy(this TemporaryFolder folder, string name) => JsonNode.Parse(File.ReadAllText(folder.File("out", name)))!;
}
