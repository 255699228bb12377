using AwesomeAssertions;
using SingleShot.Networks;
using Xunit;

namespace SingleShot.Tests.Networks;

public class ReceptiveFieldTests
{
    [Fact]
    public void Kernels_AddTheirReach_InStepsOfTheMapBelow()
    {
        var afterTwo = ReceptiveField.Pixel.After(3).After(3);
        afterTwo.Should().Be(new ReceptiveField(5, 1));
        afterTwo.After(2, stride: 2).Should().Be(new ReceptiveField(6, 2));
        afterTwo.After(2, stride: 2).After(3).Should().Be(new ReceptiveField(10, 2));
        new ReceptiveField(228, 16).After(3, dilation: 6).Should().Be(new ReceptiveField(420, 16));
    }

    [Fact]
    public void KernelOfOne_SeesNoMore() => new ReceptiveField(7, 4).After(1).Should().Be(new ReceptiveField(7, 4));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void LayerWithoutExtent_IsRefused(int kernel, int stride, int dilation)
    {
        var act = () => ReceptiveField.Pixel.After(kernel, stride, dilation);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }
}
