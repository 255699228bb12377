using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Notebooks;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>A notebook that a client has run, as its file tells of it.</summary>
/// <param name="Folder">The folder that it was run in.</param>
/// <param name="CodeCells">Its code cells.</param>
internal sealed partial record ExecutedLesson(string Folder, IReadOnlyList<JsonNode> CodeCells)
{
    public IEnumerable<JsonNode> Outputs => CodeCells.SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!);

    public bool RanWhole => CodeCells.All(cell => cell["execution_count"] is not null);

    /// <summary>What went wrong in it.</summary>
    public IEnumerable<string> Errors =>
        Outputs.Where(output => Text(output["output_type"]) == "error").Select(output => $"{Text(output["ename"])}: {Text(output["evalue"])}");

    /// <summary>Pictures and charts that show in a page.</summary>
    public int Pictures => Outputs.Select(output => Text(output["data"]?["text/html"])).Count(html =>
        html.Contains("<svg", StringComparison.Ordinal) || html.Contains("data-singleshot-chart", StringComparison.Ordinal));

    /// <summary>What it wrote to its console's error stream.</summary>
    public IEnumerable<string> Warnings => Outputs.Where(output => Text(output["name"]) == "stderr").Select(output => Text(output["text"]));

    /// <summary>What it has shown, in all the forms that it was shown in.</summary>
    public IEnumerable<JsonObject> Shown => Outputs.Select(output => output["data"]).OfType<JsonObject>();

    /// <summary>
    /// The text of each code cell, of its console and then of its displays, without what differs from run to run: times, what is
    /// reckoned from them or from the memory in use, and the folder.
    /// </summary>
    public string[] Texts => [.. CodeCells.Select(cell =>
    {
        var outputs = cell["outputs"]!.AsArray();
        var streams = outputs.Where(output => Text(output!["output_type"]) == "stream").Select(output => Text(output!["text"]));
        var shown = outputs.Select(output => Text(output!["data"]?["text/plain"])).Where(text => text.Length > 0);
        return Measured().Replace(string.Concat(streams) + string.Join('\n', shown), " #").Replace(Folder, "", StringComparison.Ordinal);
    })];

    /// <summary>Reads the copy that was written of a notebook.</summary>
    /// <param name="folder">The folder that the notebook was run in, and below whose <c>out</c> the copy is.</param>
    /// <param name="name">The notebook, from that folder.</param>
    public static ExecutedLesson Read(string folder, string name) =>
        new(folder, [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "out", name)))!["cells"]!.AsArray().Where(cell => Text(cell!["cell_type"]) == "code").Select(cell => cell!)]);

    private static string Text(JsonNode? node) => NotebookText.FromJson(node) ?? "";

    [GeneratedRegex(@"\s*[\d.,]+ ?(?:%|µs|ms|s|min|images/s|images a second|GB|MB|GiB|MiB|KiB)(?!\w)")]
    private static partial Regex Measured();
}
