using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Training;

[Collection(nameof(Alone))]
public sealed class TrainingMemoryTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public async Task TwoHundredSteps_LeaveTensorsAndMemoryFlat()
    {
        using var run = new TrainerTests.Run(shapes.Data, steps: 200, batchSize: 8);
        var memory = new List<long>(); // bytes after each step

        await run.Trainer.TrainAsync(_ => memory.Add(Environment.WorkingSet));

        run.Trainer.History.Skip(5).Select(step => step.LiveTensors).Distinct().Should().ContainSingle();
        var (early, late) = (memory[50..100].Average(), memory[150..200].Average());
        // A step makes several MB of activations: keeping even those of a few of the hundred steps between would show.
        (late - early).Should().BeLessThan(16 << 20);
    }
}
