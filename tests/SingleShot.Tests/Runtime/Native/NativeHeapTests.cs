using System.Runtime.InteropServices;
using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;

namespace SingleShot.Tests.Runtime.Native;

public class NativeHeapTests
{
    [Fact]
    public void ALargeBlock_ComesFromTheHeap_WhichKeepsIt_NotFromTheSystem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The heap is glibc's.");
        Assert.SkipUnless(NativeLibrary.TryGetExport(NativeLibrary.Load("libc.so.6"), "mallinfo2", out var function), "This C library does not tell.");
        string[] wishes = ["GLIBC_TUNABLES", "MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_"];
        Assert.SkipWhen(wishes.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))), "The environment has wishes for the heap.");
        TorchRuntime.Describe();
        var read = Marshal.GetDelegateForFunctionPointer<Read>(function);

        var before = read().MappedBlocks;
        var block = Marshal.AllocHGlobal(40 << 20);
        var after = read().MappedBlocks;
        Marshal.FreeHGlobal(block);

        after.Should().BeLessThanOrEqualTo(before);
    }

    private delegate HeapNumbers Read();

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HeapNumbers
    {
        public nuint Arena, FreeChunks, FastChunks, MappedBlocks, MappedBytes, Unused, FastBytes, Used, Free, Trimmable;
    }
}
