using System.Text.Json;

namespace SingleShot.Tests.Notebooks;

/// <summary>A notebook of the repository, or the copy of it that a run has left.</summary>
/// <param name="Cells">Its cells, in order.</param>
internal sealed record LessonFile(IReadOnlyList<LessonCell> Cells)
{
    public static readonly string Folder = Path.Combine(Repository.Root, "notebooks");

    public IEnumerable<LessonCell> Code => Cells.Where(cell => cell.IsCode);

    public IEnumerable<LessonCell> Prose => Cells.Where(cell => !cell.IsCode);

    /// <summary>Whether the parameters were others than the notebook's own.</summary>
    public bool HasInjectedParameters => Cells.Any(cell => cell.Tags.Contains("injected-parameters"));

    /// <summary>The notebooks of a folder, as paths from the lessons' folder.</summary>
    /// <param name="folder">The folder, from that of the lessons.</param>
    public static IEnumerable<string> NamesIn(string folder) =>
        Directory.GetFiles(Path.Combine(Folder, folder), "*.ipynb").Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal);

    /// <summary>Reads a notebook by its path from the lessons' folder, or by a full path.</summary>
    public static LessonFile Read(string lesson) => Of(Json(lesson));

    /// <summary>A notebook's JSON.</summary>
    public static JsonElement Json(string lesson) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, lesson))).RootElement;

    private static LessonFile Of(JsonElement notebook) => new([.. notebook.GetProperty("cells").EnumerateArray().Select(cell => new LessonCell(cell))]);
}

/// <summary>A cell of a notebook.</summary>
/// <param name="Json">The cell as the file has it.</param>
internal sealed record LessonCell(JsonElement Json)
{
    public string Id => Json.TryGetProperty("id", out var id) ? id.GetString()! : "";

    public bool IsCode => Json.GetProperty("cell_type").GetString() == "code";

    public string Text { get; } = Lines(Json.GetProperty("source"));

    public IReadOnlyList<string> Tags =>
        Json.GetProperty("metadata").TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(tag => tag.GetString()!)] : [];

    /// <summary>What a run of the cell has written, as text: its console, and then the text form of what it has shown.</summary>
    public string Printed => string.Join('\n', Json.GetProperty("outputs").EnumerateArray().Select(output =>
        output.TryGetProperty("text", out var console) ? Lines(console)
        : output.TryGetProperty("data", out var data) && data.TryGetProperty("text/plain", out var plain) ? Lines(plain) : ""));

    // Notebooks have text as one string, or as one for each line.
    private static string Lines(JsonElement text) =>
        text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(line => line.GetString())) : text.GetString()!;
}
