using System.Collections.Immutable;

namespace Workbook.Execution.Packages;

/// <summary>What a restore chose for a set of packages: these and all that they need, each in one version, and their files on this machine.</summary>
/// <param name="Versions">The version of each package, by its name.</param>
/// <param name="Compile">The assemblies that the compiler is given.</param>
/// <param name="Runtime">The assemblies that are loaded.</param>
/// <param name="Native">The native libraries for this system.</param>
internal sealed record ResolvedPackages(
    ImmutableSortedDictionary<string, string> Versions,
    ImmutableArray<string> Compile,
    ImmutableArray<string> Runtime,
    ImmutableArray<string> Native)
{
    /// <summary>Every file.</summary>
    public IEnumerable<string> Files => Compile.Concat(Runtime).Concat(Native);

    /// <summary>The version of a package; case does not matter.</summary>
    public string? VersionOf(string name) =>
        Versions.FirstOrDefault(one => one.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
