using System.Runtime.InteropServices;

namespace SingleShot.Runtime.Native;

/// <summary>Functions of glibc that .NET does not offer. Another C library lacks some or all of them.</summary>
internal static partial class LibC
{
    /// <summary>Makes calls, as far as this system's C library has what they call.</summary>
    public static void Try(Action calls)
    {
        try
        {
            calls();
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library does as it does.
        }
    }

    /// <summary>Sets a variable of the environment for native code, which does not see .NET's own: they are a copy.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>mallopt of malloc.h.</summary>
    [LibraryImport("libc", EntryPoint = "mallopt")]
    public static partial int SetHeapOption(int option, int value);

    /// <summary>Gives the system back what is free, but for so many bytes at the heap's end.</summary>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    public static partial int GiveBack(nuint padding);

    /// <summary>What the heap holds now.</summary>
    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    public static partial HeapNumbers ReadHeap();
}

/// <summary>glibc's <c>struct mallinfo2</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct HeapNumbers
{
    public readonly nuint Arena, FreeChunks, FastChunks, MappedBlocks, MappedBytes, Unused, FastBytes, UsedBytes, FreeBytes, TrimmableBytes;
}
