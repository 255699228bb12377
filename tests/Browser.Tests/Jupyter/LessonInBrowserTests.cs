using System.Globalization;
using AwesomeAssertions;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>A reader trains a detector in Jupyter: watches the loss, stops, goes on, begins anew.</summary>
[Trait("Needs", "jupyter")]
public sealed class LessonInBrowserTests(Browser browser, JupyterServer server)
{
    [Fact]
    public async Task TrainingLesson_TheLossMoves_StopsWhenInterrupted_GoesOnWhenRunAgain_AndIsGoneAfterARestart()
    {
        await using var notebook = await server.OpenAsync(browser, LongTraining.In(server));
        await notebook.PictureAsync("lesson-1-opened");
        var training = await notebook.CellAsync("Run this cell again to go on.");

        await notebook.RunAllAsync();
        await training.WaitForStepAfterAsync(0);
        var first = await training.LastStepAsync();
        await training.ShowAsync();
        await notebook.PictureAsync("lesson-2-training");
        await training.WaitForStepAfterAsync(first);
        (await training.LastStepAsync()).Should().BeGreaterThan(first);
        await training.ShowAsync();
        await notebook.PictureAsync("lesson-3-moved");
        (await training.NumberAsync()).Should().Be("*", "it still trains");

        await notebook.InterruptAsync();
        await training.WaitForEndAsync();
        await notebook.WaitUntilIdleAsync();
        await training.ShowAsync(last: true);
        await notebook.PictureAsync("lesson-4-interrupted");
        (await training.TextAsync()).Should().Contain("Stopped after").And.Contain("Run this cell again to go on.").And.Contain("The cell was stopped.");
        (await (await notebook.CellAsync("Checkpoint.Save(")).NumberAsync()).Should().BeEmpty("what was to run after it has not run");
        var stopped = await StepsAsync(notebook);
        stopped.Should().BeGreaterThan(first);

        await training.RunAsync();
        await training.WaitForStepAfterAsync(stopped);
        await training.ShowAsync();
        await notebook.PictureAsync("lesson-5-goes-on");
        await notebook.InterruptAsync();
        await training.WaitForEndAsync();
        await notebook.WaitUntilIdleAsync();
        (await StepsAsync(notebook)).Should().BeGreaterThan(stopped);

        await notebook.RestartAsync();
        var gone = await notebook.RunNewCellAsync("trainer.StepsTaken");
        await gone.WaitForEndAsync();
        await gone.ShowAsync(last: true);
        await notebook.PictureAsync("lesson-6-restarted");
        (await gone.TextAsync()).Should().Contain("CS0103").And.Contain("trainer");
    }

    private static async Task<int> StepsAsync(NotebookPage notebook)
    {
        var cell = await notebook.RunNewCellAsync("trainer.StepsTaken");
        await cell.WaitForEndAsync();
        var text = await cell.TextAsync();
        return int.Parse(text[(text.LastIndexOf(':') + 1)..].Trim(), CultureInfo.InvariantCulture);
    }
}
