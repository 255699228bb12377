using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Notebooks;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The lessons, for clients to run.</summary>
internal static partial class LessonCopies
{
    /// <summary>Every lesson and every lesson's solutions, from the repository's folder, in the order in which a reader meets them.</summary>
    public static string[] Names { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Contains("/.", StringComparison.Ordinal))
            .OrderBy(file => file.Count(one => one == '/')).ThenBy(file => file, StringComparer.Ordinal),
    ];

    /// <summary>Copies the lessons to a folder in which their references resolve and their data stays; training is cut short.</summary>
    public static void Make(string folder)
    {
        foreach (var name in Names)
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, name)))!;
            foreach (var cell in json["cells"]!.AsArray().Where(cell => cell!["metadata"]?["tags"]?.ToJsonString().Contains("parameters", StringComparison.Ordinal) == true))
            {
                cell!["source"] = Length().Replace(NotebookText.FromJson(cell["source"])!, found => $"var {found.Groups[1].Value} = {(found.Groups[1].Value == "steps" ? 50 : 1)};");
            }
            var copy = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, json.ToJsonString());
        }
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "lib"), Path.Combine(Repository.Root, "lib"));
    }

    [GeneratedRegex(@"\bvar (epochs|seeds|steps) = \d+;")]
    private static partial Regex Length();
}
