using AwesomeAssertions;
using SingleShot.Runtime.Convolutions;
using Xunit;

namespace SingleShot.Tests.Runtime.Convolutions;

public class SmallConvolutionTests
{
    [Fact]
    public void OneChannelOfTwoByTwo_IsSummedAsByHand()
    {
        // Two maps, a kernel of 3 x 3 with zeros around: the kernel's middle and its right neighbor are 2 and 3, all else is 0.
        var convolution = new SmallConvolution(Input: 1, Output: 1, Size: 2, Kernel: 3);
        float[] kernel = [0, 0, 0, 0, 2, 3, 0, 0, 0];

        var (output, input, weight) = convolution.PlainSums([1, 2, 3, 4, 0, 0, 0, 1], kernel, [1, 0, 0, 0, 0, 0, 1, 0]);

        output.Should().Equal(2 + 6, 4, 6 + 12, 8, 0, 0, 3, 2);
        input.Should().Equal(2, 3, 0, 0, 0, 0, 2, 3);
        weight.Should().Equal(0, 0, 0, 0, 1 + 0, 2 + 1, 0, 3 + 0, 4 + 0);
    }

    [Fact]
    public void StrideDilationAndGroups_MoveTheSums()
    {
        // Each of two channels by itself, kernel 2 x 2 whose weights are two cells apart, every second cell: one output a channel.
        var convolution = new SmallConvolution(Input: 2, Output: 2, Size: 3, Kernel: 2, Stride: 2, Padding: 0, Dilation: 2, Groups: 2);
        float[] map = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90];

        var (output, _, _) = convolution.PlainSums([.. map, .. map], [1, 1, 1, 1, 1, 0, 0, 1], new float[4]);

        convolution.OutputSize.Should().Be(1);
        output.Should().Equal(1 + 3 + 7 + 9, 10 + 90, 1 + 3 + 7 + 9, 10 + 90);
    }
}
