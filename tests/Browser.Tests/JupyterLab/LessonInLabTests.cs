using System.Globalization;
using AwesomeAssertions;
using Browser.Tests.Jupyter;
using Xunit;

namespace Browser.Tests.JupyterLab;

/// <summary>Lessons in JupyterLab 4, from opening to restarting.</summary>
[Trait("Needs", "jupyterlab")]
public sealed class LessonInLabTests(Browser browser, LabServer server)
{
    [Fact]
    public async Task MatchingLesson_OpensWithoutAQuestion_RunsWhole_AndItsChartsAndSlidersMove()
    {
        await using var notebook = await server.OpenAsync(browser, "notebooks/02-matching.ipynb");
        (await notebook.Page.Locator(".jp-Dialog").CountAsync()).Should().Be(0, "the lesson names a kernel that is there");
        (await notebook.OfAsync<string>("notebook.sessionContext.kernelDisplayName")).Should().Be("C# (workbook)");
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        (await notebook.OfAsync<string[]>("notebook.content.widgets.filter(cell => cell.model.type === 'code' && !cell.model.executionCount).map(cell => cell.model.sharedModel.source)"))
            .Should().BeEmpty("each cell has run");

        var charted = await notebook.CellAsync("Charts.");
        await charted.ShowAsync();
        await charted.ZoomChartAsync();
        await notebook.PictureAsync("02-chart-zoomed");

        var explorer = await notebook.CellAsync("Explore.Matching(image, sample.Truths, model");
        await explorer.ShowAsync();
        var slider = explorer.Output.Locator("input[type=range]").First;
        var (status, value) = (await explorer.Output.Locator("[role=status]").InnerTextAsync(), await slider.InputValueAsync());
        await notebook.PictureAsync("02-explorer");
        var place = (await slider.BoundingBoxAsync())!;
        await notebook.Page.Mouse.ClickAsync(place.X + (place.Width * 0.85f), place.Y + (place.Height / 2));
        (await slider.InputValueAsync()).Should().NotBe(value);
        (await explorer.Output.Locator("[role=status]").InnerTextAsync()).Should().NotBe(status);
        var moved = await slider.InputValueAsync();
        await notebook.Page.Keyboard.PressAsync("ArrowLeft");
        (await slider.InputValueAsync()).Should().NotBe(moved, "JupyterLab's keys leave the slider its own");
        await notebook.PictureAsync("02-explorer-moved");
        await notebook.LookAsync("02");
        notebook.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task TrainingLesson_TheLossMoves_StopsWhenInterrupted_GoesOnWhenRunAgain_AndIsGoneAfterARestart()
    {
        await using var notebook = await server.OpenAsync(browser, LongTraining.In(server));
        var training = await notebook.CellAsync("Run this cell again to go on.");

        await notebook.RunAllAsync();
        await training.WaitAsync("cell.model.executionState === 'running'");
        await training.ShowAsync();
        await training.WaitForStepAfterAsync(0);
        var first = await training.LastStepAsync();
        await training.WaitForStepAfterAsync(first);
        await notebook.PictureAsync("05-training");

        await notebook.InterruptAsync();
        await training.WaitForEndAsync();
        await notebook.WaitUntilIdleAsync();
        (await training.TextAsync()).Should().Contain("Stopped after").And.Contain("Run this cell again to go on.");
        (await (await notebook.CellAsync("Checkpoint.Save(")).NumberAsync()).Should().Be(0, "what was to run after it has not run");
        await training.ShowAsync(last: true);
        await notebook.PictureAsync("05-interrupted");
        await notebook.LookAsync("05");
        var stopped = await StepsAsync(notebook);
        stopped.Should().BeGreaterThan(first);

        await training.RunAsync();
        await training.WaitForStepAfterAsync(stopped);
        await notebook.InterruptAsync();
        await training.WaitForEndAsync();
        await notebook.WaitUntilIdleAsync();
        (await StepsAsync(notebook)).Should().BeGreaterThan(stopped);

        await notebook.RestartAsync();
        (await (await notebook.RunNewCellAsync("trainer.StepsTaken")).TextAsync()).Should().Contain("CS0103").And.Contain("trainer");
        await notebook.PictureAsync("05-restarted");
    }

    [Fact]
    public async Task Tab_ShowsWhatMayFollow_AndPutsTheChosenIn()
    {
        await using var notebook = await server.OpenAsync(browser, server.Write("lab-completion", ["var numbers = new List<int> { 3, 1, 2 };", "numbers.Fin"]));
        await (await notebook.CellAsync("var numbers")).RunToEndAsync();
        var cell = await notebook.CellAsync("numbers.Fin");
        await cell.EditAsync();
        await notebook.Page.Keyboard.PressAsync("Tab");

        var list = notebook.Page.Locator(".jp-Completer .jp-Completer-item");
        await list.First.WaitForAsync();
        (await list.Locator(".jp-Completer-match").AllInnerTextsAsync()).Should().Contain(["Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex"]);
        await notebook.PictureAsync("completion");
        await list.Filter(new() { HasText = "FindAll" }).ClickAsync();
        await cell.WaitAsync("cell.model.sharedModel.source === 'numbers.FindAll'");
    }

    [Fact]
    public async Task WideTables_ScrollInTheirOwnBoxes()
    {
        await using var notebook = await server.OpenAsync(browser, server.Write("lab-wide", WideTables.Cells));
        await notebook.Page.SetViewportSizeAsync(WideTables.Window, 900);
        foreach (var text in new[] { "named", "#!whos", "as a table", "Help" })
        {
            await (await notebook.CellAsync(text)).RunToEndAsync();
        }

        await notebook.LookAsync("wide-tables");
        await WideTables.ShouldScrollAsync(notebook.Page.Locator(WideTables.Boxes));
    }

    [Fact]
    public async Task ShiftTab_ShowsTheSignatureAndTheDocumentation()
    {
        await using var notebook = await server.OpenAsync(browser, server.Write("lab-hover", ["Console.WriteLine"]));
        await (await notebook.CellAsync("Console.WriteLine")).EditAsync();
        await notebook.Page.Keyboard.PressAsync("Shift+Tab");

        var tooltip = notebook.Page.Locator(".jp-Tooltip");
        await tooltip.WaitForAsync();
        (await tooltip.InnerTextAsync()).Should().Contain("void Console.WriteLine").And.Contain("line terminator");
        await notebook.PictureAsync("tooltip");
    }

    private static async Task<int> StepsAsync(LabPage notebook)
    {
        var text = await (await notebook.RunNewCellAsync("trainer.StepsTaken")).TextAsync();
        return int.Parse(text.Trim().Split(' ', '\n')[^1], CultureInfo.InvariantCulture);
    }
}
