namespace Tests;

/// <summary>glibc told to keep the memory that is freed, as this library tells it by itself: without that, half of torchvision's time goes into the system's pages.</summary>
internal static class KeptMemory
{
    /// <summary>The variables of the environment, for a process that is to do so.</summary>
    public static IReadOnlyList<(string Name, string Value)> Variables { get; } =
        [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "1073741824"), ("MALLOC_TOP_PAD_", "67108864")];
}
