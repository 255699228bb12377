using AwesomeAssertions;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Training;
using Xunit;

namespace SingleShot.Tests.Training;

[Collection(nameof(Alone))]
public sealed class TrainingMemoryTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoHundredSteps_LeaveTensorsAndMemoryFlat(bool statisticsOverProcesses)
    {
        ProcessMemory.SkipUnlessKnown();
        using var run = new SmallRun(shapes.Data, steps: 200, batchSize: 8);
        if (statisticsOverProcesses)
        {
            run.Network.NormalizeOver(new HostSum(new SingleProcess())); // whose gradients go through this library's own code
        }
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
