using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class ChannelsLastTests
{
    private const float Rounding = 1e-5f;

    // What is nearly 0 at a ReLU, or nearly the same in two cells of a pool, sends its gradient one way or the other by its rounding. Each such number is seen in the gradients
    // of all layers before it: those of a call are up to 8e-5 away from float64's. Layer by layer, WinogradConvolutionTests compares a hundred times closer.
    private const float Kinks = 1e-3f;

    [Theory]
    [InlineData(300)]
    [InlineData(96)]
    public void PredictionsAndGradients_AreThoseOfACall(int size)
    {
        Assert.SkipUnless(TorchRuntime.ConvolvesChannelsLast, "Convolutions with the channels last cannot be had here.");
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(size == 300 ? Specifications.Ssd300(["cat", "dog"]) : Specifications.Small(["cat", "dog"], size), seed: 3);
        using var generator = new Generator(7);
        var input = rand([2, 3, size, size], generator: generator);

        var called = Pass(network, input, network.call);
        var run = Pass(network, input, network.Predict);

        run.Should().HaveSameCount(called);
        foreach (var (name, expected) in called)
        {
            var error = (run[name] - expected).norm().item<float>();
            error.Should().BeLessThanOrEqualTo((name is "offsets" or "scores" ? Rounding : Kinks) * expected.norm().item<float>(), name);
        }
    }

    [Fact]
    public void EachPass_LeavesNoTensorBehind()
    {
        using var network = new SsdNetwork(Specifications.Ssd300(["cat"]), seed: 3);
        using var outer = NewDisposeScope();
        using var gradients = no_grad();
        var input = rand([1, 3, 300, 300]);

        long Left()
        {
            using (NewDisposeScope())
            {
                network.Predict(input);
            }
            return LiveTensors.Count;
        }
        var first = Left();

        Left().Should().Be(first);
    }

    [Fact]
    public void BackwardPass_HoldsOnToNoGradientOfAMapWithin()
    {
        Assert.SkipUnless(TorchRuntime.ConvolvesChannelsLast, "Convolutions with the channels last cannot be had here.");
        const int Layers = 6;
        using var scope = NewDisposeScope();
        nn.Module[] layers = [.. Enumerable.Range(0, Layers).SelectMany(_ => new nn.Module[] { nn.Conv2d(64, 64, 3, padding: 1), nn.ReLU() })];
        var input = rand([1, 64, 24, 24], requires_grad: true);
        var output = ChannelsLast.RunLayers(layers, input).sum();
        var before = LiveTensors.Count;

        output.backward();

        (LiveTensors.Count - before).Should().BeLessThanOrEqualTo((2 * Layers) + 2, "the gradients of weights and biases stay, and of the maps at most what was given last");
    }

    [Theory]
    [InlineData("Small", false)]
    [InlineData("SsdLite320", false)]
    [InlineData("Ssd300", true)]
    [InlineData("Ssd512", true)]
    public void OnlyTrunksOfPlainConvolutions_Suit(string model, bool suits)
    {
        SsdSpecification specification = model switch
        {
            "Small" => Specifications.Small(["cat"]),
            "SsdLite320" => Specifications.SsdLite320(["cat"]),
            "Ssd300" => Specifications.Ssd300(["cat"]),
            _ => Specifications.Ssd512(["cat"]),
        };
        using var network = new SsdNetwork(specification, seed: 0);

        ChannelsLast.Suits(network.Backbone.Stages).Should().Be(suits);
    }

    private static Dictionary<string, Tensor> Pass(SsdNetwork network, Tensor input, Func<Tensor, Predictions> predict)
    {
        network.zero_grad();
        var (offsets, scores) = predict(input);
        (offsets.square().mean() + scores.square().mean()).backward();
        var results = network.named_parameters().Where(entry => entry.parameter.grad is not null).ToDictionary(entry => entry.name, entry => entry.parameter.grad!.clone());
        results["offsets"] = offsets.detach();
        results["scores"] = scores.detach();
        return results;
    }
}
