using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class BlockedLayoutTests
{
    [Fact]
    public void PredictionsAndGradients_AreThoseOfACall()
    {
        Assert.SkipUnless(TorchRuntime.ConvolvesInBlocks, "oneDNN is off here, or wrong in its own layout.");
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Specifications.Ssd300(["cat", "dog"]), seed: 3);
        using var generator = new Generator(7);
        var input = rand([2, 3, 300, 300], generator: generator);

        var called = Pass(network, input, network.call);
        var run = Pass(network, input, network.Predict);

        run.Should().HaveSameCount(called);
        foreach (var (name, expected) in called)
        {
            var error = (run[name] - expected).norm().item<float>();
            error.Should().BeLessThanOrEqualTo(1e-4f * expected.norm().item<float>(), name);
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

    [Theory]
    [InlineData("Small", false)]
    [InlineData("SsdLite320", false)]
    [InlineData("Ssd300", true)]
    [InlineData("Ssd512", true)]
    public void OnlyPlainConvolutions_Suit(string model, bool suits)
    {
        SsdSpecification specification = model switch
        {
            "Small" => Specifications.Small(["cat"]),
            "SsdLite320" => Specifications.SsdLite320(["cat"]),
            "Ssd300" => Specifications.Ssd300(["cat"]),
            _ => Specifications.Ssd512(["cat"]),
        };
        using var network = new SsdNetwork(specification, seed: 0);

        BlockedLayout.Suits(network.Backbone.Stages).Should().Be(suits);
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
