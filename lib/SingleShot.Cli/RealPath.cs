namespace SingleShot.Cli;

/// <summary>Paths as the disk has them: two that lead to one file by links are one.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux follows them, so that links in a circle come to an end

    /// <summary>The path without a link in it.</summary>
    public static string Of(string path) => Of(path, MostLinks);

    /// <summary>The path of what writing to it replaces: a link at its very end is replaced itself.</summary>
    public static string OfEntry(string path) => OfEntry(path, MostLinks);

    private static string Of(string path, int links)
    {
        var entry = OfEntry(path, links);
        return links > 0 && new FileInfo(entry).LinkTarget is { } target ? Of(Path.Combine(Path.GetDirectoryName(entry)!, target), links - 1) : entry;
    }

    private static string OfEntry(string path, int links)
    {
        var full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Of(folder, links), Path.GetFileName(full)) : full;
    }
}
