using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Notebooks;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The repository that these tests are built from.</summary>
internal static partial class Checkout
{
    private static readonly string Root = Find();

    /// <summary>Every lesson and every lesson's solutions, from the repository's folder, in the order in which a reader meets them.</summary>
    public static string[] Lessons { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Contains("/.", StringComparison.Ordinal))
            .OrderBy(file => file.Count(one => one == '/')).ThenBy(file => file, StringComparer.Ordinal),
    ];

    /// <summary>A file beside these tests' sources.</summary>
    public static string Script(string name) => Path.Combine(Root, "tests", "Workbook.Tests", "Kernel", "Clients", name);

    /// <summary>Copies the lessons to a folder in which their references resolve and their data stays; training is cut to one epoch.</summary>
    public static void CopyLessons(string folder)
    {
        foreach (var lesson in Lessons)
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, lesson)))!;
            foreach (var cell in json["cells"]!.AsArray().Where(cell => cell!["metadata"]?["tags"]?.ToJsonString().Contains("parameters", StringComparison.Ordinal) == true))
            {
                cell!["source"] = Epochs().Replace(NotebookText.FromJson(cell["source"])!, "var epochs = 1;");
            }
            var copy = Path.Combine(folder, lesson);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, json.ToJsonString());
        }
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "lib"), Path.Combine(Root, "lib"));
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SingleShot.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }

    [GeneratedRegex(@"\bvar epochs = \d+;")]
    private static partial Regex Epochs();
}
