namespace Workbook.Notebooks;

/// <summary>The notebooks of a folder.</summary>
internal static class NotebookFiles
{
    /// <summary>A folder's own notebooks in the order of their names, then those of the folders in it; full paths where the folder's is one.</summary>
    /// <param name="folder">A folder that exists. In it, what begins with a dot is some program's, not the reader's, and is passed over.</param>
    /// <param name="except">The path of a folder to pass over too.</param>
    public static IEnumerable<string> In(string folder, string except) =>
        Directory.GetFiles(folder, "*.ipynb").OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal).Concat(
            Directory.GetDirectories(folder).Where(one => one != except && !Path.GetFileName(one).StartsWith('.'))
                .Order(StringComparer.Ordinal).SelectMany(one => In(one, except)));
}
