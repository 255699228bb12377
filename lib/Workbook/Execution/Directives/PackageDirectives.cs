using Workbook.Execution.Packages;
using Workbook.Execution.References;
using Workbook.Outputs;

namespace Workbook.Execution.Directives;

/// <summary>Follows the directives about packages, those in files that the cell loads too, before the cell is compiled.</summary>
internal static class PackageDirectives
{
    /// <summary>Makes the packages that a cell asks for available to it.</summary>
    /// <exception cref="CellDirectiveException">A package cannot be used; the message says why.</exception>
    public static async Task FollowAsync(
        CellDirectives cell, SessionReferences references, string folder, Action<CellOutput> show, CancellationToken cancellation)
    {
        var all = WithLoadedFiles(cell, folder, []).ToList();
        foreach (var source in all.OfType<SourceDirective>())
        {
            references.Packages.AddSource(
                source.Source.Contains("://", StringComparison.Ordinal) ? source.Source : Path.GetFullPath(source.Source, folder));
        }
        var packages = all.OfType<PackageDirective>().ToList();
        if (packages.Count == 0)
        {
            return;
        }
        try
        {
            await PackageLoading.RunAsync([.. packages.Select(one => one.Request).Distinct()], references, folder, show, cancellation).ConfigureAwait(false);
        }
        catch (PackageException e)
        {
            var named = packages.Find(one => one.Request.Name.Equals(e.Package, StringComparison.OrdinalIgnoreCase)) ?? packages[0];
            throw new CellDirectiveException(e.Message, named.Line);
        }
        catch (ReferenceException e)
        {
            throw new CellDirectiveException(e.Message, packages[0].Line);
        }
    }

    // The directives of a cell and of the files that it loads, and that those load, each file once. Those of a file carry the line on
    // which the cell loads it. A cell's paths start from the folder given, a file's from the file's own.
    private static IEnumerable<Directive> WithLoadedFiles(CellDirectives directives, string folder, HashSet<string> seen)
    {
        foreach (var directive in directives.All)
        {
            yield return directive;
            if (directive is LoadDirective load && Read(Path.GetFullPath(load.Path, folder), seen) is var (inner, innerFolder))
            {
                foreach (var nested in WithLoadedFiles(inner, innerFolder, seen).Where(one => one is PackageDirective or SourceDirective))
                {
                    yield return nested with { Line = load.Line };
                }
            }
        }
    }

    // Null for a file that is missing or wrong: the compiler will say so.
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
