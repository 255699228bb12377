using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Data.Augmentation;
using SingleShot.Models;
using SingleShot.Training;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public sealed class TrainerTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public async Task Training_LowersTheLoss()
    {
        using var run = new SmallRun(shapes.Data, steps: 60, batchSize: 8);

        (await run.Trainer.TrainAsync()).Should().Be(TrainingEnd.Finished);

        var loss = run.Trainer.History.Select(step => step.Total).ToArray();
        loss[^10..].Average().Should().BeLessThan(0.8 * loss[..10].Average());
    }

    [Fact]
    public async Task NetworkOfFloat64_IsTrainedInFloat64()
    {
        using var run = new SmallRun(shapes.Data, steps: 2, batchSize: 4, type: float64);

        await run.Trainer.TrainAsync();

        run.Trainer.Optimizer.Velocities.Should().OnlyContain(velocity => velocity!.dtype == ScalarType.Float64);
    }

    [Fact]
    public async Task Stop_EndsAfterTheStep_AndContinuingEqualsNeverStopping()
    {
        using var whole = new SmallRun(shapes.Data, steps: 12, batchSize: 8);
        await whole.Trainer.TrainAsync();

        using var halves = new SmallRun(shapes.Data, steps: 12, batchSize: 8);
        using var stop = new CancellationTokenSource();
        var end = await halves.Trainer.TrainAsync(step =>
        {
            if (step.Step == 5)
            {
                stop.Cancel();
            }
        }, stop.Token);
        end.Should().Be(TrainingEnd.Stopped);
        halves.Trainer.StepsTaken.Should().Be(5);
        (await halves.Trainer.TrainAsync()).Should().Be(TrainingEnd.Finished);

        halves.Trainer.History.Select(step => step.Total).Should().Equal(whole.Trainer.History.Select(step => step.Total));
    }

    [Fact]
    public async Task TimesOfAStep_AddUp_AndTheCallbackIsNoneOfThem()
    {
        using var run = new SmallRun(shapes.Data, steps: 6, batchSize: 4);
        var (whole, callback) = (Stopwatch.StartNew(), new Stopwatch());

        await run.Trainer.TrainAsync(_ =>
        {
            callback.Start();
            Checkpoint.Save(Path.Combine(shapes.Folder, "each-step.safetensors"), run.Trainer);
            callback.Stop();
        });

        run.Trainer.History.Should().AllSatisfy(step =>
        {
            step.ForwardSeconds.Should().BePositive();
            step.BackwardSeconds.Should().BePositive();
            (step.DataSeconds + step.ForwardSeconds + step.BackwardSeconds).Should().BeLessThanOrEqualTo(step.Seconds);
        });
        run.Trainer.History.Sum(step => step.Seconds).Should().BeLessThanOrEqualTo((whole.Elapsed - callback.Elapsed).TotalSeconds);
    }

    [Fact]
    public async Task ImagesWithoutObjects_CostNothing_AndTrainingGoesOn()
    {
        using var run = new SmallRun(shapes.Data with { Samples = [.. shapes.Data.Samples.Take(8).Select(sample => sample with { Truths = [] })] }, steps: 3, batchSize: 4);

        (await run.Trainer.TrainAsync()).Should().Be(TrainingEnd.Finished);

        run.Trainer.History.Should().OnlyContain(step => step.Total == 0 && step.Matches == 0);
    }

    [Fact]
    public async Task BatchLargerThanTheDataSet_TakesAllOfIt()
    {
        using var run = new SmallRun(shapes.Data.Take(3), steps: 2, batchSize: 64);

        await run.Trainer.TrainAsync();

        run.Trainer.History.Should().OnlyContain(step => step.Images == 3);
    }

    [Fact]
    public void SettingsOfAnotherMomentum_AreRefused_OfAnotherRateTaken()
    {
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 4);
        var change = () => run.Trainer.Settings = run.Trainer.Settings with { Momentum = 0.5 };

        change.Should().Throw<ArgumentException>().WithMessage("*begun with momentum 0.9*cannot go on with momentum 0.5*");
        run.Trainer.Settings = run.Trainer.Settings with { LearningRate = 0.5, Steps = 7 };
        run.Trainer.Settings.Steps.Should().Be(7);
    }

    [Fact]
    public void SettingsOfNoStep_AreRefused() =>
        FluentActions.Invoking(() => new SmallRun(shapes.Data, steps: 0, batchSize: 4)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("0 steps are asked for*");

    [Fact]
    public async Task SecondCallWhileOneRuns_IsRefused()
    {
        using var run = new SmallRun(shapes.Data, steps: 1000, batchSize: 4);
        using var stop = new CancellationTokenSource();
        var first = run.Trainer.TrainAsync(stop: stop.Token);

        var second = () => run.Trainer.TrainAsync();

        await second.Should().ThrowAsync<InvalidOperationException>();
        await stop.CancelAsync();
        (await first).Should().Be(TrainingEnd.Stopped);
    }

    [Fact]
    public async Task StepOfSeveralBatches_EqualsTheStepOfOneLargeBatch()
    {
        var model = Specifications.Ssd300(shapes.Data.ClassNames); // no batch normalization, which would tell them apart
        using var large = new SmallRun(shapes.Data, steps: 1, batchSize: 4, model, Pipeline.None);
        using var parts = new SmallRun(shapes.Data, steps: 1, batchSize: 2, model, Pipeline.None, batchesPerStep: 2);

        await large.Trainer.TrainAsync();
        await parts.Trainer.TrainAsync();

        var (one, several) = (large.Trainer.History[0], parts.Trainer.History[0]);
        (several.Images, several.Matches, several.Negatives).Should().Be((one.Images, one.Matches, one.Negatives));
        several.Total.Should().BeApproximately(one.Total, 1e-4 * one.Total);
        several.Localization.Should().BeApproximately(one.Localization, 1e-4 * one.Localization);
        foreach (var (left, right) in large.Trainer.Optimizer.Velocities.Zip(parts.Trainer.Optimizer.Velocities))
        {
            (left! - right!).norm().item<float>().Should().BeLessThanOrEqualTo(1e-4f * left!.norm().item<float>());
        }
    }

    [Fact]
    public async Task StepsOfSeveralBatches_LeaveOutWhatDoesNotFillOne_AndContinuingEqualsNeverStopping()
    {
        using var whole = new SmallRun(shapes.Data, steps: 5, batchSize: 7, batchesPerStep: 4); // of 48 images 6 batches, which fill one step
        await whole.Trainer.TrainAsync();
        whole.Trainer.StepsPerEpoch.Should().Be(1);
        whole.Trainer.History.Select(step => step.Epoch).Should().Equal(0, 1, 2, 3, 4);

        using var halves = new SmallRun(shapes.Data, steps: 2, batchSize: 7, batchesPerStep: 4);
        await halves.Trainer.TrainAsync();
        halves.Trainer.Settings = halves.Trainer.Settings with { Steps = 5 };
        await halves.Trainer.TrainAsync();

        halves.Trainer.History.Select(step => step.Total).Should().Equal(whole.Trainer.History.Select(step => step.Total));
    }

    [Fact]
    public void StepOfMoreBatchesThanAnEpochHas_IsRefused() =>
        FluentActions.Invoking(() => new SmallRun(shapes.Data, steps: 1, batchSize: 24, batchesPerStep: 3))
            .Should().Throw<ArgumentException>().WithMessage("A step takes 3 batches, and an epoch has 2*");
}
