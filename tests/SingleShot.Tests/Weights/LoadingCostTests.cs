using System.Globalization;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Weights;
using Xunit;

namespace SingleShot.Tests.Weights;

/// <summary>What loading SSD300's 143 MB costs in memory.</summary>
[Collection(nameof(Alone))]
public sealed class LoadingCostTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ssd300.pth")]
    [InlineData("ssd300.safetensors")]
    public void LoadingSsd300_TakesAtMostItsOwnSizeBesideTheNetwork(string name)
    {
        ProcessMemory.SkipUnlessKnown();
        var model = Specifications.Ssd300([.. Enumerable.Range(1, 90).Select(i => $"class {i}")]);
        var path = _folder.File(name);
        using var network = new SsdNetwork(model, seed: 0);
        PublishedWeights.Save(network, path);
        var size = new FileInfo(path).Length;
        size.Should().BeInRange(142_567_304, 142_700_000); // 35,641,826 values of four bytes, and what names them
        PublishedWeights.Load(network, path); // what runs for the first time is compiled

        var readMemory = Measure(() => WeightFile.Read(path).Dispose());
        var loadMemory = Measure(() => PublishedWeights.Load(network, path));

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {size / 1e6:0.0} MB: read with {readMemory / (double)size:0.00} times its size; "
            + $"loaded into a network with {loadMemory / (double)size:0.00} times its size beside the network"));
        readMemory.Should().BeLessThan(size * 11 / 10);
        loadMemory.Should().BeLessThan(size * 13 / 10);
    }

    /// <summary>How far something drives the process's memory beyond what is taken before.</summary>
    private static long Measure(Action action)
    {
        var before = ProcessMemory.Settled();
        ProcessMemory.ForgetPeak();
        action();
        return ProcessMemory.Peak() - before;
    }
}
