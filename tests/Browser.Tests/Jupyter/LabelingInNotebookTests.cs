using AwesomeAssertions;
using Browser.Tests.Labeling;
using SingleShot.Boxes;
using SingleShot.Data.Labeling;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>A reader labels pictures in Jupyter's classic page: what is drawn there is on the disk, and the page takes no key for a command of its own.</summary>
[Trait("Needs", "jupyter")]
public sealed class LabelingInNotebookTests(Browser browser, JupyterServer server)
{
    [Fact]
    public async Task Boxes_DrawnInTheNotebook_AreOnTheDisk_AndARestartedKernelGoesOn()
    {
        var folder = LabelingCells.WritePictures(server, "to-label");
        await using var notebook = await server.OpenAsync(browser, server.Write("labeling", [.. LabelingCells.On("to-label"), "1 + 1"]));
        IReadOnlyList<LabeledBox>? Saved(int picture) => LabelFolder.Open(folder).Pictures[picture].Boxes;

        await (await notebook.CellAsync("#r")).RunToEndAsync();
        var cell = await notebook.CellAsync("Notebook.Label");
        await cell.RunToEndAsync();
        var figure = new LabelingPage(notebook.Page);
        await figure.DrawCatAndDogAsync();
        await cell.ShowAsync();
        await notebook.PictureAsync("labeling-notebook");
        Saved(0)!.Select(box => box.ClassName).Should().Equal("cat", "dog");
        Overlap(Saved(0)![0], new(20, 30, 120, 130)).Should().BeGreaterThan(0.97);
        Overlap(Saved(0)![1], new(200, 100, 300, 220)).Should().BeGreaterThan(0.97);

        await figure.KeyAsync("u");
        await figure.WaitUntilSavedAsync();
        Saved(0).Should().ContainSingle();
        foreach (var key in new[] { "x", "d", "d", "Delete", "a", "n" })
        {
            await figure.KeyAsync(key);
        }

        (await notebook.Page.EvaluateAsync<int>("Jupyter.notebook.ncells()")).Should().Be(3, "the notebook has taken no key for a command");
        await figure.DragAsync(50, 60, 90, 100);
        await figure.WaitUntilSavedAsync();
        Saved(1).Should().ContainSingle();

        await notebook.RestartAsync();
        await figure.DragAsync(150, 160, 190, 200);
        await figure.WaitUntilToldAsync("does not answer");
        await (await notebook.CellAsync("#r")).RunToEndAsync();
        await cell.RunToEndAsync();
        await figure.WaitForStatusAsync("2 of 2 labeled.");
        (await figure.StatusAsync()).Should().EndWith("a.png, 320 x 240 pixels: 1 box.");
        Saved(1).Should().ContainSingle("what was drawn without a process is not saved, and the page has said so");
    }

    [Fact]
    public async Task Box_DrawnWhileACellRuns_AndWhileItIsInterrupted_IsOnTheDisk_AndTheCellRunAgainShowsIt()
    {
        var folder = LabelingCells.WritePictures(server, "to-label-meanwhile");
        await using var notebook = await server.OpenAsync(browser, server.Write("labeling-meanwhile", [.. LabelingCells.On("to-label-meanwhile"), "Console.WriteLine(\"it runs\");\nawait Task.Delay(Timeout.Infinite);"]));
        IReadOnlyList<LabeledBox>? Saved() => LabelFolder.Open(folder).Pictures[0].Boxes;
        await (await notebook.CellAsync("#r")).RunToEndAsync();
        var cell = await notebook.CellAsync("Notebook.Label");
        await cell.RunToEndAsync();
        var figure = new LabelingPage(notebook.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        var endless = await notebook.CellAsync("Infinite");
        await endless.RunAsync();
        await endless.WaitForTextAsync("it runs");

        await figure.DragAsync(20, 30, 120, 130);
        await figure.WaitUntilSavedAsync();
        Saved().Should().ContainSingle();
        await notebook.InterruptAsync();
        await figure.DragAsync(200, 100, 300, 220);
        await figure.WaitUntilSavedAsync();
        Saved().Should().HaveCount(2);
        await endless.WaitForEndAsync();
        await cell.RunToEndAsync();
        await figure.WaitForStatusAsync("1 of 2 labeled. Picture 2 of 2");
        await figure.PressAsync("previous");
        (await figure.StatusAsync()).Should().EndWith("a.png, 320 x 240 pixels: 2 boxes.");
        await figure.DragAsync(130, 20, 180, 60);
        await figure.WaitUntilSavedAsync();
        Saved().Should().HaveCount(3);
        await notebook.PictureAsync("labeling-run-again");
    }

    private static double Overlap(LabeledBox box, BoundingBox other) => box.Box.Overlap(other);
}
