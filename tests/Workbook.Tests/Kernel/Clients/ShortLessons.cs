using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Notebooks;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The lessons for clients to run: their training takes few steps on few images.</summary>
internal static partial class ShortLessons
{
    // Together they show every kind of output that a lesson has: figures, charts, explorers, tables, a dashboard that is updated, errors of
    // exercises. The others show more of the same, and take longer.
    private static readonly string[] Chosen = ["00-what-we-build", "01-default-boxes", "02-matching", "05-training", "07-evaluation"];

    /// <summary>All lessons and their solutions, from the repository's folder, in the order in which a reader meets them.</summary>
    public static string[] All { get; } =
    [
        .. Repository.LessonFiles.Where(file => Path.GetExtension(file) == ".ipynb")
            .OrderBy(file => file.Count(one => one == '/')).ThenBy(file => file, StringComparer.Ordinal),
    ];

    /// <summary>Those of them that clients run.</summary>
    public static string[] Names { get; } = [.. All.Where(file => Chosen.Contains(Path.GetFileNameWithoutExtension(file)))];

    /// <summary>Copies lessons, shortened, and all that lies beside them.</summary>
    /// <param name="folder">Where to, as if it were the repository's folder.</param>
    /// <param name="names">The lessons.</param>
    public static void CopyTo(string folder, IEnumerable<string> names)
    {
        Repository.CopyLessons(folder, Shorten);
        foreach (var other in All.Except(names))
        {
            File.Delete(Path.Combine(folder, other));
        }
    }

    /// <summary>A notebook's text with its training cut short.</summary>
    private static string Shorten(string notebook)
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
