using System.Text.Json;

namespace Workbook.Execution.Packages;

/// <summary>
/// Remembers what sets of packages came to, in the person's own data folder: the next time, nothing is asked of any network, nor of
/// the SDK. A list whose files are gone counts for nothing.
/// </summary>
internal static class PackageCache
{
    /// <summary>What a set came to when it was last restored; null where that is not known, or the packages were deleted since.</summary>
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

    /// <summary>Remembers what a set came to, where the machine lets it.</summary>
    public static void Keep(PackageSet set, ResolvedPackages resolved)
    {
        if (PathOf(set) is not { } path)
        {
            return;
        }
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Whole or not at all: another kernel may be reading.
            var draft = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(draft, JsonSerializer.Serialize(resolved));
            File.Move(draft, path, overwrite: true);
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
