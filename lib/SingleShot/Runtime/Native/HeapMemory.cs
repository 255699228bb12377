using System.Globalization;
using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>Has glibc keep the large blocks of memory that are freed: the next step of a training asks for the same again.</summary>
/// <remarks>
/// By itself glibc gives large blocks back to the system at once, and they come back page by page, each a fault and a page to be zeroed: a
/// seventh of an SSD300's training step on two cores of AMD's Zen 3, and more on others. Nothing is changed where the environment configures
/// glibc's allocator already, and there is nothing to change on other systems.
/// </remarks>
internal static partial class HeapMemory
{
    /// <summary>The environment variable that says how many MiB at the end of the heap are kept; 0 leaves the allocator alone.</summary>
    public const string Switch = "SINGLESHOT_KEEP_MEMORY";

    private const int DefaultKept = 1024;
    private const int MaxKept = 2047; // the allocator counts bytes in an int

    // What malloc.h calls them.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    private const int Growth = 64 << 20;

    /// <summary>Tells the allocator, before the first tensor.</summary>
    public static void KeepFreedBlocks()
    {
        if (!OperatingSystem.IsLinux() || Kept() is not (> 0 and var kept) || IsConfigured())
        {
            return;
        }
        try
        {
            _ = SetOption(MmapMax, 0);
            _ = SetOption(TrimThreshold, kept << 20);
            _ = SetOption(TopPad, Growth);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library than glibc: it has its own ways.
        }
    }

    private static int Kept() => int.TryParse(Environment.GetEnvironmentVariable(Switch), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
        ? Math.Min(asked, MaxKept)
        : DefaultKept;

    private static bool IsConfigured() => Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name =>
        name.StartsWith("MALLOC_", StringComparison.Ordinal)
        || name == "GLIBC_TUNABLES" && Environment.GetEnvironmentVariable(name)!.Contains("glibc.malloc", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
