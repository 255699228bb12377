using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class LayerSurveyTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["a", "b"]);

    [Fact]
    public void Layers_GiveTheMapsAndTheHeads_WithTheirParametersAndProducts()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);

        var layers = LayerSurvey.Of(network, zeros(2, 3, 96, 96));

        var first = layers[0];
        first.Name.Should().Be("backbone.features.0");
        first.Output.Should().Equal(2, 24, 48, 48);
        first.Parameters.Should().Be(3 * 24 * 9); // no bias: batch normalization follows
        first.MultiplyAdds.Should().Be(2 * 48 * 48 * 24 * 3 * 9);
        var offsets = layers.Where(layer => layer.Name.StartsWith("head.regression_head", StringComparison.Ordinal)).ToList();
        offsets.Select(layer => layer.Output[2]).Should().Equal(Model.Maps.Select(map => (long)map.Size));
        offsets[0].Parameters.Should().Be(64 * 16 * 9 + 16); // 4 boxes of 4 numbers
        layers.Should().AllSatisfy(layer => layer.Seconds.Should().BeGreaterThanOrEqualTo(0));
    }

    [Fact]
    public void ReceptiveField_IsThePixelsThatACellsGradientReaches()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        network.eval();
        var field = LayerSurvey.Of(network, zeros(1, 3, 96, 96))
            .TakeWhile(layer => layer.Name.StartsWith("backbone.features", StringComparison.Ordinal))
            .Aggregate(ReceptiveField.Pixel, (seen, layer) => seen.After(layer.Kernel, layer.Stride, layer.Dilation));
        using (no_grad())
        {
            foreach (var parameter in network.parameters())
            {
                parameter.abs_(); // positive weights and inputs: no activation is ever cut off
            }
        }
        var input = rand(1, 3, 96, 96, requires_grad: true);

        network.Backbone.call(input)[0][0, .., 6, 6].sum().backward();

        var reached = input.grad!.abs().sum([0, 1]).amax([0]).nonzero().flatten().Integers();
        (reached.Max() - reached.Min() + 1).Should().Be(field.Size);
    }

    [Fact]
    public void Survey_LeavesNothingBehind()
    {
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Model, seed: 1);
        var input = zeros(1, 3, 96, 96);
        var first = LayerSurvey.Of(network, input);
        network.call(input);

        LayerSurvey.Of(network, input).Count.Should().Be(first.Count);
    }
}
