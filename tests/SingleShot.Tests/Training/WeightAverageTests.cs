using AwesomeAssertions;
using SingleShot.Networks;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public sealed class WeightAverageTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    private const string Weight = "backbone.features.0.weight";

    [Fact]
    public async Task Average_FollowsItsFormula_AndStatisticsAreAveragedAlike()
    {
        using var run = new SmallRun(shapes.Data, steps: 12, batchSize: 4, averageDecay: 0.5);
        var names = new[] { Weight, "backbone.features.1.running_var" };
        var expected = names.ToDictionary(name => name, name => Values(run.Network, name));

        await run.Trainer.TrainAsync(step =>
        {
            var kept = Math.Min(0.5, (1.0 + step.Step) / (10 + step.Step)); // 2/11 after the first step, 0.5 from the eighth on
            foreach (var name in names)
            {
                expected[name] = [.. expected[name].Zip(Values(run.Network, name), (average, now) => (kept * average) + ((1 - kept) * now))];
            }
        });

        foreach (var name in names)
        {
            Values(run.Trainer.Average!.Values[name]).Should().BeApproximately(expected[name], 1e-5);
        }
        Values(run.Trainer.Average!.Values["backbone.features.1.num_batches_tracked"]).Should().Equal(12);
    }

    [Fact]
    public async Task Checkpoint_KeepsTheAverage_DetectsWithIt_AndGoesOnWithIt()
    {
        using var whole = new SmallRun(shapes.Data, steps: 6, batchSize: 4, averageDecay: 0.9);
        await whole.Trainer.TrainAsync();

        using var first = new SmallRun(shapes.Data, steps: 3, batchSize: 4, averageDecay: 0.9);
        await first.Trainer.TrainAsync();
        var path = Path.Combine(shapes.Folder, "average.safetensors");
        Checkpoint.Save(path, first.Trainer);
        using var second = new SmallRun(shapes.Data, steps: 6, batchSize: 4, averageDecay: 0.9);
        Checkpoint.Resume(path, second.Trainer);
        await second.Trainer.TrainAsync();

        Values(second.Trainer.Average!.Values[Weight]).Should().Equal(Values(whole.Trainer.Average!.Values[Weight]));
        using var loaded = Checkpoint.LoadNetwork(path);
        using var averaged = first.Trainer.Average!.ToNetwork();
        Values(loaded, Weight).Should().Equal(Values(first.Trainer.Average!.Values[Weight])).And.Equal(Values(averaged, Weight)).And.NotEqual(Values(first.Network, Weight));
    }

    [Fact]
    public async Task CheckpointWithoutAverage_BeginsItWithItsWeights()
    {
        using var before = new SmallRun(shapes.Data, steps: 2, batchSize: 4);
        await before.Trainer.TrainAsync();
        var path = Path.Combine(shapes.Folder, "without.safetensors");
        Checkpoint.Save(path, before.Trainer);
        using var run = new SmallRun(shapes.Data, steps: 2, batchSize: 4, averageDecay: 0.9);

        Checkpoint.Resume(path, run.Trainer);

        Values(run.Trainer.Average!.Values[Weight]).Should().Equal(Values(before.Network, Weight));
    }

    [Fact]
    public async Task LongTraining_HoldsNoMoreTensorsForItsAverage()
    {
        using var run = new SmallRun(shapes.Data, steps: 12, batchSize: 4, averageDecay: 0.99);

        await run.Trainer.TrainAsync();

        run.Trainer.History.Skip(2).Select(step => step.LiveTensors).Distinct().Should().HaveCount(1);
    }

    private static double[] Values(SsdNetwork network, string name) => Values(network.state_dict()[name]);

    private static double[] Values(Tensor tensor) => tensor.detach().Numbers();
}
