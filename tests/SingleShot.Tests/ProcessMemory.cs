using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace SingleShot.Tests;

/// <summary>How much memory this process holds, in bytes, as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Skips the test where there is no Linux to ask.</summary>
    public static void SkipUnlessKnown() => Assert.SkipUnless(OperatingSystem.IsLinux(), "a process's memory is read from Linux's /proc");

    /// <summary>What it holds once everything that nobody uses has gone back to the system.</summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _ = TrimAllocator(0);
        return Status("VmRSS");
    }

    /// <summary>The most that it has held at any time since <see cref="ForgetPeak"/>.</summary>
    public static long Peak() => Status("VmHWM");

    /// <summary>Begins to look for the peak anew (man 5 proc).</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    // What was freed counts for nothing once it is back with the system (man 3 malloc_trim).
    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int TrimAllocator(nint keep);

    private static long Status(string key) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(key + ':', StringComparison.Ordinal)).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
