using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Training;

[Collection(nameof(Alone))]
public sealed class TrainingMemoryTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public async Task TwoHundredSteps_LeaveTensorsAndMemoryFlat()
    {
        ProcessMemory.SkipUnlessKnown();
        using var run = new TrainerTests.Run(shapes.Data, steps: 200, batchSize: 8);
        var memory = new List<long>(); // bytes, after every fiftieth step

        await run.Trainer.TrainAsync(step =>
        {
            if (step.Step % 50 == 0)
            {
                memory.Add(ProcessMemory.Settled());
            }
        });

        memory.Should().HaveCount(4);
        run.Trainer.History.Skip(5).Select(step => step.LiveTensors).Distinct().Should().ContainSingle();
        // A step makes several MB of activations: keeping even those of a few of the hundred steps between would show.
        (memory[3] - memory[1]).Should().BeLessThan(16 << 20);
    }
}
