using AwesomeAssertions;
using Browser.Tests.Jupyter;
using Browser.Tests.Labeling;
using SingleShot.Data.Labeling;
using Xunit;

namespace Browser.Tests.JupyterLab;

/// <summary>A reader labels pictures in JupyterLab: what is drawn there is on the disk, and the page takes no key for a command of its own.</summary>
[Trait("Needs", "jupyterlab")]
public sealed class LabelingInLabTests(Browser browser, LabServer server)
{
    [Fact]
    public async Task Boxes_DrawnNamedAndUndone_AreOnTheDisk_AndARestartedKernelGoesOn()
    {
        var folder = LabelingCells.WritePictures(server, "to-label");
        await using var notebook = await server.OpenAsync(browser, server.Write("lab-labeling", [.. LabelingCells.On("to-label"), "1 + 1"]));
        IReadOnlyList<LabeledBox>? Saved(int picture) => LabelFolder.Open(folder).Pictures[picture].Boxes;
        await (await notebook.CellAsync("#r")).RunToEndAsync();
        var cell = await notebook.CellAsync("Notebook.Label");
        await cell.RunToEndAsync();
        await cell.ShowAsync();
        var figure = new LabelingPage(notebook.Page);
        await figure.DrawCatAndDogAsync();
        await notebook.PictureAsync("labeling");
        Saved(0)!.Select(box => box.ClassName).Should().Equal("cat", "dog");

        foreach (var key in new[] { "u", "x", "d", "d", "Delete", "a", "n" })
        {
            await figure.KeyAsync(key);
        }
        await figure.DragAsync(50, 60, 90, 100);
        await figure.WaitUntilSavedAsync();
        (await notebook.OfAsync<int>("notebook.content.widgets.length")).Should().Be(3, "JupyterLab has taken no key for a command");
        Saved(0)!.Single().ClassName.Should().Be("cat");
        Saved(1).Should().ContainSingle();

        await notebook.RestartAsync();
        await (await notebook.CellAsync("#r")).RunToEndAsync();
        await cell.RunToEndAsync();
        await figure.WaitForStatusAsync("2 of 2 labeled.");
        (await figure.StatusAsync()).Should().EndWith("a.png, 320 x 240 pixels: 1 box.");
        await notebook.LookAsync("labeling");
    }
}
