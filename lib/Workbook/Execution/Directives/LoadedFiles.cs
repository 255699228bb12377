namespace Workbook.Execution.Directives;

/// <summary>Follows <c>#load</c> for what has to be ready before the compiler reads the files.</summary>
internal static class LoadedFiles
{
    /// <summary>
    /// The directives of a cell and of the files that it loads, and that those load, each file once. Those of a file carry the line on
    /// which the cell loads it.
    /// </summary>
    /// <param name="directives">The cell's.</param>
    /// <param name="folder">Where its paths start; a file's paths start from the file's own folder.</param>
    public static IEnumerable<Directive> WithDirectives(CellDirectives directives, string folder) => Follow(directives, folder, []);

    private static IEnumerable<Directive> Follow(CellDirectives directives, string folder, HashSet<string> seen)
    {
        foreach (var directive in directives.All)
        {
            yield return directive;
            if (directive is LoadDirective load && Read(Path.GetFullPath(load.Path, folder), seen) is var (inner, innerFolder))
            {
                foreach (var nested in Follow(inner, innerFolder, seen).Where(one => one is PackageDirective or SourceDirective))
                {
                    yield return nested with { Line = load.Line };
                }
            }
        }
    }

    // A file that is not there, or not right, is the compiler's to complain of.
    private static (CellDirectives Directives, string Folder)? Read(string path, HashSet<string> seen)
    {
        try
        {
            return seen.Add(path) && File.Exists(path) ? (CellDirectives.Read(File.ReadAllText(path)), Path.GetDirectoryName(path)!) : null;
        }
        catch (Exception e) when (e is CellDirectiveException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
