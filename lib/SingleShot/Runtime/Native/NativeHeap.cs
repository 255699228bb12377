namespace SingleShot.Runtime.Native;

/// <summary>The heap of the C library, from which libtorch takes the memory of its tensors.</summary>
/// <remarks>
/// By default glibc hands large blocks back to the system as soon as they are free, and the system fills each page with zeros when it hands it
/// out again: hundreds of megabytes for every training step. So freed memory is kept, up to a bound, and used again.
/// </remarks>
internal static class NativeHeap
{
    /// <summary>The environment variable with the bound, in MiB.</summary>
    public const string Switch = "SINGLESHOT_KEPT_MEMORY";

    private const long Usual = 1L << 30;

    // The names and numbers of malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;

    // What glibc does unless it is told otherwise.
    private const int UsualTrimThreshold = 128 << 10;
    private const int UsualTopPad = 0;
    private const int UsualMmapMax = 65536;

    private static readonly string[] Wishes =
        ["MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>Bytes of freed memory that are kept at most; null where the environment or another C library decides.</summary>
    public static long? Kept { get; private set; }

    /// <summary>Bytes of freed memory that the process holds now; null where the C library does not tell.</summary>
    public static long? Free => (long?)Numbers?.FreeBytes;

    /// <summary>What glibc tells of the heap; null where there is another C library.</summary>
    public static HeapNumbers? Numbers
    {
        get
        {
            HeapNumbers? numbers = null;
            if (OperatingSystem.IsLinux())
            {
                LibC.Try(() => numbers = LibC.ReadHeap());
            }
            return numbers;
        }
    }

    /// <summary>Has freed memory kept, as much as the environment asks for, or else as usual; unless it has wishes of its own for the heap.</summary>
    /// <returns>What is wrong with the environment's bound; null where nothing is.</returns>
    public static string? KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || Wishes.Any(wish => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(wish))))
        {
            return null;
        }
        var wanted = Environment.GetEnvironmentVariable(Switch);
        var understood = TryRead(wanted, out var bytes);
        Keep(bytes);
        if (bytes > 0)
        {
            LibC.Try(() => _ = LibC.SetHeapOption(ArenaMax, 1)); // no more heaps than there are: threads share them, and soon one gets the main heap
        }
        return understood ? null : $"{Switch} is '{wanted}', which is no number of MiB from 0 to {int.MaxValue >> 20}; {bytes >> 20} MiB are kept";
    }

    /// <summary>Has as much freed memory kept, and gives back what is beyond. For 0 the heap does as it does by itself.</summary>
    /// <param name="bytes">0 to 2^31 - 1.</param>
    public static void Keep(long bytes) => LibC.Try(() =>
    {
        _ = LibC.SetHeapOption(TrimThreshold, bytes == 0 ? UsualTrimThreshold : (int)bytes);
        _ = LibC.SetHeapOption(TopPad, bytes == 0 ? UsualTopPad : (int)Math.Min(bytes, 1 << 26));
        _ = LibC.SetHeapOption(MmapMax, bytes == 0 ? UsualMmapMax : 0);
        if (Kept > bytes)
        {
            _ = LibC.GiveBack((nuint)bytes);
        }
        Kept = bytes;
    });

    private static bool TryRead(string? mebibytes, out long bytes)
    {
        bytes = Usual;
        if (string.IsNullOrEmpty(mebibytes))
        {
            return true;
        }
        if (!int.TryParse(mebibytes, out var number) || number < 0 || number > int.MaxValue >> 20)
        {
            return false;
        }
        bytes = (long)number << 20;
        return true;
    }
}
