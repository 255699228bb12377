using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SingleShot.Benchmarks.Paired;

/// <summary>Where figures come from.</summary>
internal static class Source
{
    /// <summary>The commit of the repository, with a + where files differ from it; "unknown" without git.</summary>
    public static string Commit => Git("rev-parse", "--short=10", "HEAD") is { Length: > 0 } commit
        ? commit + (Git("status", "--porcelain", "--untracked-files=no") is { Length: > 0 } ? "+" : "")
        : "unknown";

    /// <summary>Processor, cores and system.</summary>
    public static string Machine => $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}";

    // Virtual machines hide the name that is sold; family and model tell it.
    private static string Processor
    {
        get
        {
            if (!File.Exists("/proc/cpuinfo"))
            {
                return RuntimeInformation.OSArchitecture.ToString();
            }
            var lines = File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries));
            var entries = lines.Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
            return $"{entries.GetValueOrDefault("model name")} (family {entries.GetValueOrDefault("cpu family")}, model {entries.GetValueOrDefault("model")})";
        }
    }

    private static string Git(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return ""; // no git here
        }
    }
}
