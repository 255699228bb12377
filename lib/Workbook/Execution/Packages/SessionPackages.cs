using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Execution.Packages;

/// <summary>The packages of one session. What later cells ask for is resolved together with what earlier ones did, so that versions agree.</summary>
internal sealed class SessionPackages
{
    private readonly List<string> _sources = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<PackageRequest> _requests = [];
    private ResolvedPackages? _resolved;

    /// <summary>Adds a source of packages for this session.</summary>
    /// <param name="source">An address, or a folder.</param>
    public void AddSource(string source)
    {
        if (!_sources.Contains(source))
        {
            _sources.Add(source);
        }
    }

    /// <summary>What the compiler is given for all packages so far.</summary>
    public ImmutableArray<PortableExecutableReference> References { get; private set; } = [];

    /// <summary>Whether the session has the package that a directive names.</summary>
    /// <param name="reference">What stands between the quotes.</param>
    public bool Holds(string reference) => PackageRequest.Parse(reference) is { } request && _known.Contains(request.ToString());

    /// <summary>The set that has to be restored for some requests; null where the session has all of it.</summary>
    /// <exception cref="PackageException">A package is in use in another version.</exception>
    public PackageSet? Missing(IReadOnlyCollection<PackageRequest> requests)
    {
        if (requests.All(request => _known.Contains(request.ToString())))
        {
            return null;
        }
        var all = _requests.ToList();
        foreach (var request in requests)
        {
            var known = all.FindIndex(one => one.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase));
            if (known < 0)
            {
                all.Add(request);
            }
            else if (request.Version is not null && request.Version != all[known].Version)
            {
                throw new PackageException(
                    _resolved?.VersionOf(request.Name) is { } used
                        ? $"{request.Name} {used} is in use already, and a kernel holds one version of a package. Restart the kernel to use {request.Version}."
                        : $"{request.Name} is asked for in two versions, {all[known].Version ?? "the newest"} and {request.Version}. Keep one.",
                    request.Name);
            }
        }
        return new PackageSet([.. all], [.. _sources]);
    }

    /// <summary>Adds what a restore chose for a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="resolved">What the restore chose.</param>
    /// <param name="asked">The requests that led to it.</param>
    /// <param name="references">Makes what the compiler is given for the set.</param>
    /// <exception cref="PackageException">A package that is in use was chosen in another version.</exception>
    public void Add(
        PackageSet set, ResolvedPackages resolved, IEnumerable<PackageRequest> asked, Func<ResolvedPackages, ImmutableArray<PortableExecutableReference>> references)
    {
        foreach (var (name, used) in _resolved?.Versions ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            if (resolved.VersionOf(name) is { } now && now != used)
            {
                throw new PackageException(
                    $"{name} {used} is in use already, and what this cell asks for needs {name} {now}. "
                    + "Restart the kernel, and ask for all packages in one cell.");
            }
        }
        References = references(resolved);
        // What is loaded stays: a later set asks for the versions that were chosen for this one.
        _requests = [.. set.Requests.Select(one => one with { Version = resolved.VersionOf(one.Name) ?? one.Version })];
        _resolved = resolved;
        _known.UnionWith(asked.Select(request => request.ToString()));
    }
}
