using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

/// <summary>A step that would spoil the network is not taken, and leaves it as it was.</summary>
public sealed class StepGuardTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public async Task LossThatIsNotFinite_StopsWithEveryTerm_AndKeepsTheWeights()
    {
        using var run = new SmallRun(shapes.Data, steps: 10, batchSize: 4);
        var weight = run.Network.parameters().First();
        using (no_grad())
        {
            weight[0] = double.NaN;
        }
        var before = State(run.Network);

        var train = () => run.Trainer.TrainAsync();

        (await train.Should().ThrowAsync<LossNotFiniteException>()).Which.Message.Should().ContainAll(
            "step 1", "localization", "confidence", "no match", "learning rate", "Parameter backbone.features.0.weight is NaN or infinite in 27 of 648 numbers");
        State(run.Network).Should().Equal(before, "running statistics are part of it");
        run.Trainer.StepsTaken.Should().Be(0);
    }

    [Fact]
    public async Task LossThatIsNotFinite_IsTracedToTheLayerWhereItBegan()
    {
        using var run = new SmallRun(shapes.Data, steps: 10, batchSize: 4);
        using (no_grad())
        {
            run.Network.state_dict()["backbone.extra.1.0.weight"].fill_(1e38f);
        }

        var train = () => run.Trainer.TrainAsync();

        var report = (await train.Should().ThrowAsync<LossNotFiniteException>()).Which.Report;
        (report.Place, report.Name, report.InputsFinite).Should().Be((NotFinitePlace.Layer, "backbone.extra.1.0", true));
    }

    [Fact]
    public async Task VarianceThatOverflows_StopsBeforeTheStep_ThoughTheLossIsFinite_AndIsTakenBack()
    {
        using var run = new SmallRun(shapes.Data, steps: 10, batchSize: 4);
        using (no_grad())
        {
            run.Network.state_dict()["backbone.features.3.weight"].fill_(1e20f); // its square is more than float32 holds
        }
        var before = State(run.Network);

        var train = () => run.Trainer.TrainAsync();

        var error = (await train.Should().ThrowAsync<StatisticsNotFiniteException>()).Which;
        error.Buffers.Should().Equal("backbone.features.4.running_var");
        error.Message.Should().ContainAll("step 1", "What goes into backbone.features.4 is too large", "learning rate");
        State(run.Network).Should().Equal(before);
        run.Trainer.StepsTaken.Should().Be(0);
    }

    [Fact]
    public async Task StatisticsThatWereNotFiniteBefore_StopTheFirstStep_AndAreSaidToBeOlder()
    {
        using var run = new SmallRun(shapes.Data, steps: 10, batchSize: 4);
        using (no_grad())
        {
            run.Network.state_dict()["backbone.features.4.running_var"].fill_(float.NaN);
        }

        var train = () => run.Trainer.TrainAsync();

        (await train.Should().ThrowAsync<StatisticsNotFiniteException>()).WithMessage("*backbone.features.4.running_var. They were so before the step*");
    }

    [Fact]
    public async Task SsdLiteWithBatchesOfOnePicture_IsRefusedByTheLayer_AndNoStatisticChanges()
    {
        using var run = new SmallRun(shapes.Data, steps: 2, batchSize: 1, Specifications.SsdLite320(shapes.Data.ClassNames));
        var before = State(run.Network);

        var train = () => run.Trainer.TrainAsync();

        await train.Should().ThrowAsync<ArgumentException>().WithMessage("backbone.extra.3.1.1 expected more than 1 value per channel when training*at least 2 pictures*");
        State(run.Network).Should().Equal(before);
    }

    private static double[] State(SsdNetwork network) => [.. network.state_dict().Values.SelectMany(value => value.detach().Numbers())];
}
