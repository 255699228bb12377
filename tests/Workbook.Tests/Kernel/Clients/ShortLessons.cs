using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Notebooks;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The lessons for clients to run: their training takes few steps on few images.</summary>
internal static partial class ShortLessons
{
    /// <summary>Every lesson and every lesson's solutions, from the repository's folder, in the order in which a reader meets them.</summary>
    public static string[] Names { get; } =
    [
        .. Repository.LessonFiles.Where(file => Path.GetExtension(file) == ".ipynb")
            .OrderBy(file => file.Count(one => one == '/')).ThenBy(file => file, StringComparer.Ordinal),
    ];

    /// <summary>A notebook's text with its training cut short.</summary>
    public static string Shorten(string notebook)
    {
        var json = JsonNode.Parse(notebook)!;
        foreach (var cell in json["cells"]!.AsArray().Where(cell => cell!["metadata"]?["tags"]?.ToJsonString().Contains("parameters", StringComparison.Ordinal) == true))
        {
            cell!["source"] = Length().Replace(NotebookText.FromJson(cell["source"])!, found => $"var {found.Groups[1].Value} = {Short(found.Groups[1].Value)};");
        }
        return json.ToJsonString();
    }

    private static int Short(string length) => length switch
    {
        "steps" => 50,
        "trainImages" or "testImages" => 24,
        _ => 1,
    };

    [GeneratedRegex(@"\bvar (epochs|seeds|steps|trainImages|testImages) = \d+;")]
    private static partial Regex Length();
}
