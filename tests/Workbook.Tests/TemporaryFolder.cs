using System.Text.Json.Nodes;

namespace Workbook.Tests;

/// <summary>A folder of a test's own, with small notebooks in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("workbook").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    public void Notebook(string name, params string[] cells) => Notebook(name, [.. cells.Select(source => (source, ""))]);

    public void Notebook(string name, params (string Source, string Tag)[] cells)
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
        Write(name, json.ToJsonString());
    }

    public JsonNode Copy(string name) => JsonNode.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(Path, "out", name)))!;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
