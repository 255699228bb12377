using AwesomeAssertions;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Training;

// The entry is the process's, and would stop every training that begins meanwhile.
[Collection(nameof(Alone))]
public sealed class InterruptedTrainingTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    private const string Entry = "Notebook.Interrupt";

    [Fact]
    public async Task NotebooksInterrupt_EndsAfterTheStep_AndTheNextCallGoesOn()
    {
        using var run = new SmallRun(shapes.Data, steps: 6, batchSize: 4);
        using var cell = new CancellationTokenSource();
        AppContext.SetData(Entry, cell.Token);
        try
        {
            (await run.Trainer.TrainAsync(step =>
            {
                if (step.Step == 2)
                {
                    cell.Cancel();
                }
            })).Should().Be(TrainingEnd.Stopped);
            run.Trainer.StepsTaken.Should().Be(2);
        }
        finally
        {
            AppContext.SetData(Entry, null);
        }
        (await run.Trainer.TrainAsync()).Should().Be(TrainingEnd.Finished);
        run.Trainer.StepsTaken.Should().Be(6);
    }
}
