using Workbook.Execution.Packages;
using Workbook.Execution.References;

namespace Workbook.Execution.Directives;

/// <summary>Follows the directives about packages, before the cell is compiled.</summary>
internal static class PackageDirectives
{
    /// <summary>Makes the packages that a cell asks for available to it.</summary>
    /// <exception cref="CellDirectiveException">One cannot be had.</exception>
    public static async Task FollowAsync(
        CellDirectives cell, SessionReferences references, string folder, Action<CellOutput> show, CancellationToken cancellation)
    {
        var all = LoadedFiles.WithDirectives(cell, folder).ToList();
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
}
