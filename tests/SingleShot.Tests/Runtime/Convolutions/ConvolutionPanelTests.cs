using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Runtime.Convolutions;
using Xunit;

namespace SingleShot.Tests.Runtime.Convolutions;

[Collection(nameof(AllThreads))]
public class ConvolutionPanelTests
{
    [Theory]
    [InlineData(nameof(ConvolutionWay.Plain))]
    [InlineData(nameof(ConvolutionWay.ChannelsLast))]
    [InlineData(nameof(ConvolutionWay.Tiled))]
    [InlineData(nameof(ConvolutionWay.Bfloat16))]
    public void ConvolutionsOfEachWay_AreThePlainSums(string way) =>
        ConvolutionPanel.FindWrong(TorchRuntime.Switches, Enum.Parse<ConvolutionWay>(way)).Should().BeEmpty();
}
