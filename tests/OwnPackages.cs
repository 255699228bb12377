using System.Diagnostics;
using Xunit;

namespace Tests;

/// <summary>
/// The packages that <c>dotnet pack</c> makes of this repository, as the one source that a process knows. What they need is found among the
/// packages that the build has restored, so that nothing needs a network, and they themselves are unpacked into a test's folder, so that nothing stays behind.
/// </summary>
internal static class OwnPackages
{
    private static readonly string Source = Environment.GetEnvironmentVariable("SINGLESHOT_PACKAGES") ?? Path.Combine(Repository.Root, "out", "packages");

    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } moved
        ? moved
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Folder of a package that the build or a tool's restore has brought.</summary>
    public static string Brought(string name, string version) => Path.Combine(Restored, name, version);

    /// <summary>Makes the packages the one source of a folder; ends the test as skipped where there are none.</summary>
    public static void Into(TemporaryFolder folder, string package)
    {
        Assert.SkipUnless(
            Directory.Exists(Source) && Directory.EnumerateFiles(Source, $"{package}.*.nupkg").Any(), $"There is no package {package} in {Source}: make it (dotnet pack).");
        folder.Write($"<configuration><packageSources><clear/><add key=\"packages\" value=\"{Source}\"/></packageSources></configuration>", "nuget.config");
    }

    /// <summary>Lets a process have nothing of this user's: its folders, and the packages unpacked into it, are the test's.</summary>
    public static ProcessStartInfo Alone(ProcessStartInfo start, TemporaryFolder folder)
    {
        start.Environment["NUGET_PACKAGES"] = folder.File("packages");
        start.Environment["NUGET_FALLBACK_PACKAGES"] = Restored;
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = start.Environment["DOTNET_CLI_HOME"] = folder.File("home");
        start.Environment["XDG_DATA_HOME"] = folder.File("home", "data");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }
}
