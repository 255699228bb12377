using System.Text.Json;
using Workbook.Json;

namespace Workbook.Execution.Packages;

/// <summary>
/// Remembers what restores chose, in files of the user's own data folder: the same set of packages needs neither a network nor the SDK
/// the next time. What it remembers counts only while all files of the packages are there.
/// </summary>
internal static class PackageCache
{
    /// <summary>What the last restore of a set chose; null where that is not known, or the packages have been deleted since.</summary>
    public static ResolvedPackages? Find(PackageSet set)
    {
        try
        {
            var resolved = PathOf(set) is { } path && File.Exists(path)
                ? JsonSerializer.Deserialize<ResolvedPackages>(File.ReadAllText(path))
                : null;
            return resolved is { Versions: not null, Compile.IsDefault: false, Runtime.IsDefault: false, Native.IsDefault: false }
                && resolved.Files.All(File.Exists) ? resolved : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // it is restored anew, and the list written over
        }
    }

    /// <summary>Remembers what a restore of a set chose, where the folder can be written to.</summary>
    public static void Keep(PackageSet set, ResolvedPackages resolved)
    {
        if (PathOf(set) is not { } path)
        {
            return;
        }
        try
        {
            JsonFile.Write(path, JsonSerializer.Serialize(resolved));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the list the next use only takes longer.
        }
    }

    private static string? PathOf(PackageSet set) =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder
            ? Path.Combine(folder, "workbook", "packages", $"{set.Key}.json")
            : null;
}
