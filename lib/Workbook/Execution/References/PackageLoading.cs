using System.Diagnostics;
using System.Globalization;
using Workbook.Execution.Packages;
using Workbook.Outputs;

namespace Workbook.Execution.References;

/// <summary>Makes packages available to cells, and shows the progress in one line, which is updated in place.</summary>
internal static class PackageLoading
{
    /// <summary>Restores packages, or finds them restored, and lets cells reference them.</summary>
    /// <param name="requests">The packages.</param>
    /// <param name="references">What the session references.</param>
    /// <param name="folder">Where the search for a NuGet configuration begins.</param>
    /// <param name="show">Receives the line and its updates.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="PackageException">A package cannot be restored.</exception>
    /// <exception cref="ReferenceException">One of its assemblies is in use in another version.</exception>
    public static async Task RunAsync(
        IReadOnlyCollection<PackageRequest> requests, SessionReferences references, string folder, Action<CellOutput> show, CancellationToken cancellation)
    {
        if (references.Packages.Missing(requests) is not { } set)
        {
            return;
        }
        var display = Guid.NewGuid().ToString("N");
        var resolved = PackageCache.Find(set);
        if (resolved is null)
        {
            resolved = await RestoreAsync(set, requests, references, folder, line => show(line(display)), cancellation).ConfigureAwait(false);
            show(new DisplayUpdate(Line(Names(requests, resolved)), display));
        }
        else
        {
            references.Packages.Add(set, resolved, requests, references.Add);
            show(new DisplayOutput(Line(Names(requests, resolved)), display));
        }
    }

    private static async Task<ResolvedPackages> RestoreAsync(
        PackageSet set, IReadOnlyCollection<PackageRequest> requests, SessionReferences references, string folder,
        Action<Func<string, CellOutput>> show, CancellationToken cancellation)
    {
        var asked = string.Join("; ", requests);
        show(id => new DisplayOutput(Line($"Restoring {asked} …"), id));
        var clock = Stopwatch.StartNew();
        var restore = PackageRestore.RunAsync(set, folder, cancellation);
        try
        {
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await Task.WhenAny(restore, second.WaitForNextTickAsync(CancellationToken.None).AsTask()).ConfigureAwait(false) != restore)
            {
                show(id => new DisplayUpdate(Line(string.Create(CultureInfo.InvariantCulture, $"Restoring {asked} … {clock.Elapsed.TotalSeconds:0} s")), id));
            }
            var resolved = await restore.ConfigureAwait(false);
            references.Packages.Add(set, resolved, requests, references.Add);
            PackageCache.Keep(set, resolved);
            return resolved;
        }
        catch (Exception)
        {
            show(id => new DisplayUpdate(Line($"Not restored: {asked}"), id));
            throw;
        }
    }

    private static string Names(IEnumerable<PackageRequest> requests, ResolvedPackages resolved) =>
        "Packages: " + string.Join("; ", requests.Select(one => $"{one.Name}, {resolved.VersionOf(one.Name)}").Distinct(StringComparer.OrdinalIgnoreCase));

    private static MimeBundle Line(string text) => MimeBundle.Of(MimeBundle.PlainType, text);
}
