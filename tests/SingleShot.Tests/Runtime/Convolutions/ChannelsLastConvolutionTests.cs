using AwesomeAssertions;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime.Convolutions;

/// <summary>A convolution that divides by a cache's size, and by zero where the sizes are hidden.</summary>
[Collection(nameof(AllThreads))]
public class ChannelsLastConvolutionTests
{
    [Fact]
    public void PointwiseConvolution_OfPicturesWithTheirChannelsLast_DoesNotEndTheProcess()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var input = ChannelsLast(randn([2, 512, 19, 19], generator: generator));
        var weight = ChannelsLast(randn([1024, 512, 1, 1], generator: generator));

        var found = Closeness.Numbers(nn.functional.conv2d(input, weight));

        Closeness.Error(found, Closeness.Numbers(nn.functional.conv2d(input.to(float64), weight.to(float64)))).Should().BeLessThan(1e-5);

        static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}
