using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>The heap of the C library, from which libtorch takes the memory of its tensors.</summary>
/// <remarks>
/// By default glibc hands large blocks back to the system as soon as they are free, and the system fills each page with zeros when it hands it
/// out again: hundreds of megabytes for every training step. So freed memory is kept, up to one gibibyte, and used again.
/// </remarks>
internal static partial class NativeHeap
{
    // The names and numbers of malloc.h. Blocks beyond 64 MiB are mapped all the same where a thread has a heap of its own.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;

    private static readonly string[] Wishes =
        ["MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>Has freed memory kept, unless the environment has wishes of its own for it.</summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || Wishes.Any(wish => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(wish))))
        {
            return;
        }
        try
        {
            _ = SetOption(TrimThreshold, 1 << 30);
            _ = SetOption(TopPad, 1 << 26);
            _ = SetOption(MmapMax, 0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: its heap does as it does.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
