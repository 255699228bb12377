using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class NetworkLayersTests
{
    [Fact]
    public void Normalization_IsPartOfTheConvolutionBeforeIt()
    {
        using var network = new SsdNetwork(Specifications.Small(["cat"]), seed: 1);
        using (no_grad())
        {
            var numbers = network.state_dict();
            numbers["backbone.features.0.weight"].fill_(7);
            numbers["backbone.features.1.weight"].fill_(6);
            numbers["backbone.features.1.bias"].fill_(1);
            numbers["backbone.features.1.running_mean"].fill_(2);
            numbers["backbone.features.1.running_var"].fill_(9 - 1e-5);
        }

        var layer = network.Layers().Stages[0][0].Should().BeOfType<ConvolutionLayer>().Which;

        layer.Name.Should().Be("backbone.features.0");
        (layer.Output, layer.InputPerGroup, layer.Kernel, layer.Stride, layer.Padding, layer.Dilation, layer.Groups).Should().Be((24, 3, 3, 2, 1, 1, 1));
        layer.Weights.Should().HaveCount(24 * 3 * 9).And.AllSatisfy(weight => weight.Should().BeApproximately(14, 1e-5f)); // 7 x 6 / 3
        layer.Biases.Should().HaveCount(24).And.AllSatisfy(bias => bias.Should().BeApproximately(-3, 1e-5f));            // 1 - 2 x 6 / 3
    }

    [Fact]
    public void Vgg_HasItsDilatedConvolution_ItsPoolsThatRoundUp_AndTheScalesOfTheFinestMap()
    {
        using var network = new SsdNetwork(Specifications.Ssd300(["cat"]), seed: 1);

        var layers = network.Layers();

        layers.Stages.Select(stage => stage.OfType<ConvolutionLayer>().Count()).Should().Equal(10, 5, 2, 2, 2, 2);
        layers.Stages.SelectMany(stage => stage).OfType<ConvolutionLayer>().Where(layer => layer.Dilation == 6).Should().ContainSingle()
            .Which.Padding.Should().Be(6);
        layers.Stages.SelectMany(stage => stage).OfType<MaxPoolingLayer>().Should().Equal(
            new(2, 2, 0, false), new(2, 2, 0, false), new(2, 2, 0, true), new(2, 2, 0, false), new MaxPoolingLayer(3, 1, 1, false));
        layers.FinestScales.Should().HaveCount(512).And.AllSatisfy(scale => scale.Should().Be(20));
        layers.OffsetHeads.Select(head => head.OfType<ConvolutionLayer>().Last().Output).Should().Equal(16, 24, 24, 24, 16, 16);
        layers.ScoreHeads.Select(head => head.OfType<ConvolutionLayer>().Last().Output).Should().Equal(8, 12, 12, 12, 8, 8);
    }

    [Fact]
    public void MobileNet_AddsWhereTheShapeStays_AndWeighsChannels()
    {
        using var network = new SsdNetwork(Specifications.SsdLite320(["cat"]), seed: 1);

        var layers = network.Layers();

        layers.FinestScales.Should().BeNull();
        layers.Stages[0].OfType<ResidualLayer>().Should().HaveCount(8);
        layers.Stages[1].OfType<ResidualLayer>().Should().HaveCount(2);
        layers.Stages.Take(2).Sum(stage => stage.Sum(Squeezes)).Should().Be(8);
        layers.Stages[1].OfType<ConvolutionLayer>().First().Groups.Should().Be(672, "after the cut comes the depthwise convolution of block C4");

        static int Squeezes(Layer layer) => layer switch { SqueezeExcitationLayer => 1, ResidualLayer residual => residual.Layers.Sum(Squeezes), _ => 0 };
    }
}
