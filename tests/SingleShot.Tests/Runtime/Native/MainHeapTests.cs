using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Runtime.Native;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime.Native;

[Collection(nameof(Alone))]
public class MainHeapTests
{
    [Fact]
    public async Task LargeBlock_OnAThreadOfTheMainHeap_IsNotMappedAnewEachTime()
    {
        Assert.SkipWhen(TorchRuntime.KeptMemory is null or 0, "The heap is not glibc's, or the environment has wishes for it.");

        var faults = await MainHeap.Run(() =>
        {
            Touch(times: 20); // the heap grows: a small block that lies behind a large one keeps it from the next, which needs a little more for its alignment
            var before = Faults();
            Touch(times: 10);
            return Faults() - before;
        });

        faults.Should().BeLessThan(5 * Pages, "ten blocks would have ten times their pages");
    }

    [Fact]
    public async Task WorkBesideOther_HasAnotherHeap_AndTheNextAloneTheMainOne()
    {
        Assert.SkipWhen(TorchRuntime.KeptMemory is null or 0, "The heap is not glibc's, or the environment has wishes for it.");
        using var both = new Barrier(2);
        bool Heap()
        {
            both.SignalAndWait(LastResort.Limit).Should().BeTrue();
            return MainHeap.IsThisThreads();
        }

        var besideEachOther = await Task.WhenAll(MainHeap.Run(Heap), MainHeap.Run(Heap));
        var alone = await MainHeap.Run(MainHeap.IsThisThreads);

        besideEachOther.Should().Equal(true, false);
        alone.Should().BeTrue();
    }

    [Fact]
    public async Task SeveralAtATime_AllRun()
    {
        using var all = new Barrier(8);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => MainHeap.Run(() =>
        {
            all.SignalAndWait(LastResort.Limit).Should().BeTrue();
            return i;
        })));

        numbers.Should().Equal(Enumerable.Range(0, 8));
    }

    [Fact]
    public async Task WhatTheWorkThrows_IsThrownToWhoeverWaits() =>
        await FluentActions.Awaiting(() => MainHeap.Run<int>(() => throw new FormatException("of this test"))).Should().ThrowAsync<FormatException>().WithMessage("of this test");

    private const int Pages = (100 << 20) / 4096;

    private static void Touch(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var block = zeros([100 << 20], uint8);
        }
    }

    /// <summary>Pages that the system has handed to this thread.</summary>
    private static long Faults() => long.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[7], System.Globalization.CultureInfo.InvariantCulture);
}
