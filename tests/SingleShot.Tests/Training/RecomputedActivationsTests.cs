using AwesomeAssertions;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public sealed class RecomputedActivationsTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Theory]
    [InlineData("Small", 3)]
    [InlineData("SSD300", 1)]
    [InlineData("SSDLite320", 1)]
    public async Task Steps_EqualThoseThatKeepTheActivations_InWeightsAndRunningStatistics(string name, int steps)
    {
        var model = name switch
        {
            "SSD300" => Specifications.Ssd300(shapes.Data.ClassNames),
            "SSDLite320" => Specifications.SsdLite320(shapes.Data.ClassNames),
            _ => Specifications.Small(shapes.Data.ClassNames),
        };

        using var kept = await Trained(model, steps, recompute: false);
        using var recomputed = await Trained(model, steps, recompute: true);

        foreach (var ((parameter, expected), (_, actual)) in kept.state_dict().Zip(recomputed.state_dict()))
        {
            Distance(actual, expected).Should().BeLessThan(1e-5, "{0}'s largest difference over its largest number", parameter);
        }
    }

    [Fact]
    public async Task Step_WhoseFirstLayersAreKeptAsTheyAre_TrainsTheOthers()
    {
        var model = Specifications.Small(shapes.Data.ClassNames);
        using var network = new SsdNetwork(model, seed: 1);
        foreach (var (name, parameter) in network.named_parameters().Where(entry => entry.name.StartsWith("backbone.features.", StringComparison.Ordinal)))
        {
            parameter.requires_grad = false;
        }
        using var first = network.state_dict()["backbone.features.0.weight"].clone();
        using var later = network.state_dict()["backbone.extra.0.0.weight"].clone();

        await Train(network, steps: 1, recompute: true);

        Distance(network.state_dict()["backbone.features.0.weight"], first).Should().Be(0);
        Distance(network.state_dict()["backbone.extra.0.0.weight"], later).Should().BePositive();
    }

    [Fact]
    public async Task BatchNormalizationOverSeveralProcesses_IsRefused_BeforeTheTrainingOrAtItsFirstStep()
    {
        using var network = new SsdNetwork(Specifications.Small(shapes.Data.ClassNames), seed: 1);
        using var begun = TrainerOf(network, steps: 1, recompute: true);
        network.NormalizeOver(new TwoProcesses());
        const string Refusal = "Small SSD 96 has batch normalization.*leave RecomputeActivations out*";

        await FluentActions.Awaiting(() => begun.TrainAsync()).Should().ThrowAsync<ArgumentException>().WithMessage(Refusal);
        FluentActions.Invoking(() => TrainerOf(network, steps: 1, recompute: true)).Should().Throw<ArgumentException>().WithMessage(Refusal);
    }

    [Fact]
    public void NetworkWithoutBatchNormalization_ComputesAgainInSeveralProcesses()
    {
        using var network = new SsdNetwork(Specifications.Ssd300(shapes.Data.ClassNames), seed: 1);
        network.NormalizeOver(new TwoProcesses());

        FluentActions.Invoking(() => TrainerOf(network, steps: 1, recompute: true).Dispose()).Should().NotThrow();
    }

    private async Task<SsdNetwork> Trained(SsdSpecification model, int steps, bool recompute)
    {
        var network = new SsdNetwork(model, seed: 1);
        await Train(network, steps, recompute);
        return network;
    }

    private async Task Train(SsdNetwork network, int steps, bool recompute)
    {
        using var trainer = TrainerOf(network, steps, recompute);
        await trainer.TrainAsync();
    }

    private Trainer TrainerOf(SsdNetwork network, int steps, bool recompute) => new(
        network, MultiBoxLoss.For(network.Specification), new BatchLoader(shapes.Data, network.Specification, 2, Pipeline.None, seed: 2),
        new TrainingSettings { Steps = steps, RecomputeActivations = recompute });

    private static double Distance(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (a, b) = (actual.to(float64), expected.to(float64));
        return (a - b).abs().max().item<double>() / Math.Max(1e-30, b.abs().max().item<double>());
    }

    private sealed class TwoProcesses : ITensorSum
    {
        public int Processes => 2;

        public void Sum(Tensor tensor)
        {
        }
    }
}
