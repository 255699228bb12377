using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime.Convolutions;

/// <summary>Convolutions of no network, as a reader's own cell has them: float32 beside float64, in memory that held NaN.</summary>
[Collection(nameof(AllThreads))]
public class LooseConvolutionTests
{
    public static TheoryData<int, int, int, int, int, int> Loose => new()
    {
        // From, to, side, kernel, dilation, groups.
        { 24, 32, 48, 3, 1, 1 }, { 17, 64, 24, 3, 1, 1 }, { 40, 64, 24, 3, 1, 1 }, { 31, 32, 48, 5, 1, 1 }, { 64, 20, 12, 3, 1, 1 }, { 96, 30, 6, 3, 1, 1 },
        { 512, 364, 38, 3, 1, 1 }, { 1024, 546, 19, 3, 1, 1 }, { 512, 1024, 19, 3, 6, 1 }, { 512, 1024, 19, 1, 1, 1 }, { 24, 72, 40, 1, 1, 1 }, { 72, 72, 20, 5, 1, 72 },
    };

    [Theory]
    [MemberData(nameof(Loose))]
    public void LooseConvolution_GivesWhatFloat64Gives(int from, int to, int side, int kernel, int dilation, int groups)
    {
        using var spoiled = TorchRuntime.Switches.SpoilMemory();
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var input = randn([2, from, side, side], generator: generator);
        var weight = randn([to, from / groups, kernel, kernel], generator: generator);
        var gradient = randn([2, to, side, side], generator: generator);

        var right = Run(float64);
        foreach (var (found, expected) in Run(float32).Zip(right))
        {
            Closeness.Error(found, expected).Should().BeLessThan(1e-5);
        }

        double[][] Run(ScalarType type)
        {
            var (x, w) = (input.to(type).detach().requires_grad_(true), weight.to(type).detach().requires_grad_(true));
            var pad = dilation * (kernel / 2);
            var y = nn.functional.conv2d(x, w, padding: [pad, pad], dilation: [dilation, dilation], groups: groups);
            y.backward([gradient.to(type)]);
            return [Closeness.Numbers(y), Closeness.Numbers(x.grad!), Closeness.Numbers(w.grad!)];
        }
    }
}
