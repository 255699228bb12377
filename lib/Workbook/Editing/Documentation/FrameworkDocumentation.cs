namespace Workbook.Editing.Documentation;

/// <summary>
/// The documentation of .NET itself. The assemblies that run have none beside them; an SDK brings it with the reference assemblies, of
/// which one file describes types that live in another assembly at run time.
/// </summary>
internal static class FrameworkDocumentation
{
    /// <summary>The folder of the assemblies that run.</summary>
    public static string Runtime { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>All of it; nothing where no SDK of this version is installed.</summary>
    public static XmlDocumentationIndex Index { get; } = new(Files());

    private static IEnumerable<string> Files()
    {
        // root/shared/Microsoft.NETCore.App/10.0.1 runs, root/packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0 describes.
        string?[] roots = [Path.GetFullPath("../../..", Runtime), Environment.GetEnvironmentVariable("DOTNET_ROOT")];
        return roots.OfType<string>().Select(Newest).FirstOrDefault(folder => folder is not null) is { } found
            ? Directory.EnumerateFiles(found, "*.xml")
            : [];
    }

    private static string? Newest(string root)
    {
        var packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        return !Directory.Exists(packs) ? null : Directory.EnumerateDirectories(packs)
            .Select(pack => (Version: PackVersion(pack), Folder: Path.Combine(pack, "ref", $"net{Environment.Version.ToString(2)}")))
            .Where(pack => pack.Version?.Major == Environment.Version.Major && Directory.Exists(pack.Folder))
            .OrderByDescending(pack => pack.Version)
            .Select(pack => pack.Folder)
            .FirstOrDefault();
    }

    private static Version? PackVersion(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var version) ? version : null;
}
