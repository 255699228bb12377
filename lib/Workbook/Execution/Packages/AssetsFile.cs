using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Workbook.Execution.Packages;

/// <summary>Reads <c>project.assets.json</c>, in which a restore says which packages it chose and which of their files count.</summary>
internal static class AssetsFile
{
    /// <summary>Reads the packages for this system.</summary>
    public static ResolvedPackages Read(string path)
    {
        var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var folders = root["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
        // One target is of the framework alone, the other of the framework on this system.
        var target = root["targets"]!.AsObject().Single(one => one.Key.Contains('/', StringComparison.Ordinal)).Value!.AsObject();
        var packages = target.Where(one => (string?)one.Value!["type"] == "package").ToList();
        return new ResolvedPackages(
            packages.Select(one => one.Key.Split('/')).ToImmutableSortedDictionary(name => name[0], name => name[1], StringComparer.OrdinalIgnoreCase),
            Files("compile"), Files("runtime"), Files("native"));

        ImmutableArray<string> Files(string kind) =>
        [
            .. packages.SelectMany(one => (one.Value![kind]?.AsObject() ?? [])
                .Where(file => Path.GetFileName(file.Key) != "_._") // stands for "nothing here, on purpose"
                .Select(file => Locate(folders, Path.Combine((string)root["libraries"]![one.Key]!["path"]!, file.Key)))),
        ];
    }

    private static string Locate(List<string> folders, string file) =>
        folders.Select(folder => Path.GetFullPath(file, folder)).FirstOrDefault(File.Exists)
        ?? throw new PackageException($"{Path.GetFullPath(file, folders[0])} is missing: the package folder is not whole. Delete the package there, and run the cell again.");
}
