using Microsoft.Extensions.FileSystemGlobbing;
using SingleShot.Images;

namespace SingleShot.Cli.Detecting;

/// <summary>Finds the pictures that a command line names.</summary>
internal static class PictureSearch
{
    private const char Wildcard = '*';

    /// <summary>Finds pictures.</summary>
    /// <param name="names">Files, folders (the pictures in them, not those of folders within), and patterns such as <c>photos/**/*.jpg</c>.</param>
    /// <returns>Full paths, each once; those of a folder or a pattern in the order of their names.</returns>
    /// <exception cref="UsageException">A name is of nothing, or a folder or a pattern has no picture.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> names) => [.. names.SelectMany(Named).Distinct()];

    private static IEnumerable<string> Named(string name)
    {
        if (File.Exists(name))
        {
            return [Path.GetFullPath(name)];
        }
        if (Directory.Exists(name))
        {
            var inFolder = Pictures(Directory.EnumerateFiles(Path.GetFullPath(name)));
            return inFolder.Length > 0 ? inFolder : throw new UsageException(
                $"{name} has no pictures: name a folder with {string.Join(", ", PictureNames.Readable)} in it, or a pattern for the folders within, such as '{Path.Combine(name, "**", "*.jpg")}'.");
        }
        if (!name.Contains(Wildcard))
        {
            throw new UsageException($"There is no file or folder {name}.");
        }
        // A link to a folder around it would show each picture forty times.
        string[] matched = [.. Pictures(Matching(name)).GroupBy(RealPath.Of).Select(same => same.MinBy(path => path.Length)!).Order(StringComparer.Ordinal)];
        return matched.Length > 0 ? matched : throw new UsageException($"No picture matches {name}: '*' stands for a part of a name, '**' for any folders.");
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        var known = parts.TakeWhile(part => !part.Contains(Wildcard)).Count();
        var root = Path.GetFullPath(known == 0 ? "." : string.Join('/', parts.Take(known)) + "/");
        if (!Directory.Exists(root))
        {
            return [];
        }
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddInclude(string.Join('/', parts.Skip(known)));
        return matcher.GetResultsInFullPath(root).Select(Path.GetFullPath);
    }

    private static string[] Pictures(IEnumerable<string> files) => [.. files.Where(PictureNames.IsPicture).Order(StringComparer.Ordinal)];
}
