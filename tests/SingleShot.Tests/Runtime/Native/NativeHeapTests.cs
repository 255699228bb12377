using System.Runtime.InteropServices;
using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Runtime.Native;
using Xunit;

namespace SingleShot.Tests.Runtime.Native;

public class NativeHeapTests
{
    [Fact]
    public void LargeBlocks_ComeFromTheHeap_WhichKeepsThem_AndFromTheSystemWhereNothingIsToBeKept()
    {
        Assert.SkipWhen(NativeHeap.Numbers is null, "The heap is not glibc's.");
        Assert.SkipWhen(TorchRuntime.KeptMemory is null, "The environment has wishes for the heap.");
        var usual = TorchRuntime.KeptMemory;

        var fromHeap = MappedOf(100);
        TorchRuntime.KeptMemory = 0;
        var room = (int)((TorchRuntime.FreedMemory ?? 0) >> 20); // for so many blocks, what other tests have freed is still in the heap
        var fromSystem = MappedOf(room + 500);
        TorchRuntime.KeptMemory = usual;

        TorchRuntime.KeptMemory.Should().Be(usual);
        fromHeap.Should().BeLessThan(50, "other tests of this process may have a few mapped, or given back, in between");
        fromSystem.Should().BeGreaterThan(200);
    }

    [Fact]
    public void MemoryThatIsKept_IsCounted()
    {
        Assert.SkipWhen(TorchRuntime.FreedMemory is null, "This C library does not tell.");

        TorchRuntime.FreedMemory.Should().BePositive();
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(1L << 31)]
    public void ABoundOutOfItsRange_IsRefusedByName(long bytes) => FluentActions.Invoking(() => TorchRuntime.KeptMemory = bytes)
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"KeptMemory is {bytes}; it has to be from 0 to 2147483647.*");

    /// <summary>How many more blocks the system has mapped for the heap while so many of a mebibyte are held.</summary>
    private static long MappedOf(int blocks)
    {
        var before = (long)NativeHeap.Numbers!.Value.MappedBlocks;
        var held = Enumerable.Range(0, blocks).Select(_ => Marshal.AllocHGlobal(1 << 20)).ToArray();
        var after = (long)NativeHeap.Numbers!.Value.MappedBlocks;
        Array.ForEach(held, Marshal.FreeHGlobal);
        return after - before;
    }
}
