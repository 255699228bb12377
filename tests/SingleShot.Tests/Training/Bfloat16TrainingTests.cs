using AwesomeAssertions;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public sealed class Bfloat16TrainingTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    // bfloat16 has 8 bits of precision: half of the last one is 1/512 of a number, and a forward pass rounds a dozen times.
    private const double Tolerance = 0.05;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Step_HasNearlyTheLossOfFloat32_AndKeepsWeightsOfFloat32(bool recompute)
    {
        SkipWhereWrong();
        var (full, weights) = await Trained(Precision.Full, recompute, steps: 3);
        var (half, types) = await Trained(Precision.Bfloat16, recompute, steps: 3);

        half.Should().NotEqual(full, "the convolutions compute in other numbers");
        half.Zip(full).Should().AllSatisfy(pair => (pair.First / pair.Second).Should().BeApproximately(1, Tolerance));
        types.Should().Equal(weights).And.NotContain(ScalarType.BFloat16);
    }

    [Fact]
    public async Task Training_LowersTheLoss()
    {
        SkipWhereWrong();
        var (loss, _) = await Trained(Precision.Bfloat16, recompute: false, steps: 60);

        loss[^10..].Average().Should().BeLessThan(0.8 * loss[..10].Average());
    }

    [Fact]
    public void Prediction_InBfloat16_LeavesTheThreadComputingInFloat32()
    {
        SkipWhereWrong();
        using var scope = NewDisposeScope();
        using var network = new SsdNetwork(Specifications.Small(["shape"]), seed: 1);
        network.eval();
        var input = rand(1, 3, 96, 96);
        var before = network.call(input).Scores;

        var half = network.Predict(input, Precision.Bfloat16).Scores;

        half.dtype.Should().Be(ScalarType.Float32);
        half.equal(before).all().item<bool>().Should().BeFalse();
        network.call(input).Scores.equal(before).all().item<bool>().Should().BeTrue();
    }

    /// <summary>Skips where libtorch's convolutions in bfloat16 are wrong, so that they are refused.</summary>
    private static void SkipWhereWrong() => Assert.SkipUnless(TorchRuntime.WrongInBfloat16.Count == 0, string.Join("; ", TorchRuntime.WrongInBfloat16));

    private async Task<(double[] Loss, ScalarType[] Types)> Trained(Precision precision, bool recompute, int steps)
    {
        var model = Specifications.Small(shapes.Data.ClassNames);
        using var network = new SsdNetwork(model, seed: 1);
        using var trainer = new Trainer(
            network, MultiBoxLoss.For(model), new BatchLoader(shapes.Data, model, 8, Pipeline.Light, seed: 2),
            new TrainingSettings { Steps = steps, LearningRate = 0.02, GradientLimit = 10, Precision = precision, RecomputeActivations = recompute });
        await trainer.TrainAsync();
        return ([.. trainer.History.Select(step => step.Total)], [.. network.state_dict().Values.Select(value => value.dtype)]);
    }
}
