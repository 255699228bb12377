using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data.Labeling;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Images;
using Xunit;

namespace Browser.Tests.Labeling;

/// <summary>A reader draws boxes on pictures, and the file of labels on the disk has them in the pixels of the pictures.</summary>
[Trait("Needs", "chromium")]
public sealed class LabelingTests : IDisposable
{
    private readonly Browser _browser;
    private readonly TemporaryFolder _folder = new();
    private readonly LabelFolder _labels;

    public LabelingTests(Browser browser)
    {
        _browser = browser;
        ImageFile.Write(_folder.File("pictures", "a large.jpg"), Scenes.Picture(1600, 1200)); // shown at 640 x 480
        ImageFile.Write(_folder.File("pictures", "b.png"), Scenes.Picture(96, 120)); // shown at 384 x 480
        ImageFile.Write(_folder.File("pictures", "c.png"), Scenes.Picture(300, 200));
        _labels = Open("cat", "dog");
    }

    private string Pictures => Path.Combine(_folder.Path, "pictures");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoBoxes_DrawnByMouse_AreInTheFile_InPixelsOfThePicture()
    {
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await figure.DragAsync(200, 100, 700, 600);
        await figure.ChooseClassAsync("dog");
        await figure.DragAsync(1500, 1100, 1000, 800);
        await figure.WaitUntilSavedAsync();

        Saved(0).Should().HaveCount(2);
        Near(Saved(0)[0], "dog", 200, 100, 700, 600, within: 2.6); // a pixel of the screen is 2.5 of the picture
        Near(Saved(0)[1], "dog", 1000, 800, 1500, 1100, within: 2.6);
        (await figure.StatusAsync()).Should().StartWith("1 of 3 labeled. Picture 1 of 3, a large.jpg, 1600 x 1200 pixels: 2 boxes. Chosen: dog, 500 x 30");
        await Screenshots.TakeAsync(page.Page, "labeling");
    }

    [Fact]
    public async Task Box_MovedResizedRenamedDeleted_AndUndone_IsEachTimeWhatTheFileHas()
    {
        _labels.Label("a large.jpg", [new LabeledBox(new BoundingBox(200, 200, 600, 500), "cat")]);
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitForStatusAsync("Picture 2 of 3");
        await figure.PressAsync("previous");
        async Task Then(string name, double left, double top, double right, double bottom)
        {
            await figure.WaitUntilSavedAsync();
            Near(Saved(0).Single(), name, left, top, right, bottom, within: 2.6);
        }

        await figure.ClickAsync(400, 350);
        (await figure.StatusAsync()).Should().EndWith("Chosen: cat, 400 x 300 at 200, 200.");
        await figure.DragAsync(400, 350, 500, 450);
        await Then("cat", 300, 300, 700, 600);
        await figure.DragAsync(700, 600, 900, 800); // a corner
        await Then("cat", 300, 300, 900, 800);
        await figure.DragAsync(300, 500, 100, 550); // an edge
        await Then("cat", 100, 300, 900, 800);
        await figure.DragAsync(500, 500, 3000, 500); // far away
        await Then("cat", 800, 300, 1600, 800);
        await figure.KeyAsync("2");
        await Then("dog", 800, 300, 1600, 800);
        await figure.KeyAsync("Delete");
        await figure.WaitUntilSavedAsync();
        Open().Pictures[0].Boxes.Should().BeNull("a picture without a box is one that nobody has labeled");
        for (var i = 0; i < 6; i++)
        {
            await figure.KeyAsync("u");
        }

        await Then("cat", 200, 200, 600, 500);
        (await page.Page.IsDisabledAsync("button[name=undo]")).Should().BeTrue();
    }

    [Fact]
    public async Task Box_InsideAnother_IsDrawnWhereTheOuterIsNotChosen()
    {
        _labels.Label("a large.jpg", [new LabeledBox(new BoundingBox(100, 100, 1500, 1100), "cat")]);
        _labels.Label("b.png", []);
        _labels.Label("c.png", []);
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await figure.DragAsync(600, 600, 700, 700);
        await figure.WaitUntilSavedAsync();

        Saved(0).Should().HaveCount(2);
        Near(Saved(0)[1], "cat", 600, 600, 700, 700, within: 2.6);
    }

    [Fact]
    public async Task KeyboardAlone_LabelsAPicture()
    {
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await page.Page.FocusAsync("figure svg");
        foreach (var key in new[] { "n", "b", "ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft", "Shift+ArrowDown", "2", "Escape", "c", "c" })
        {
            await figure.KeyAsync(key);
        }

        (await figure.StatusAsync()).Should().EndWith("b.png, 96 x 120 pixels: 1 box.", "after the last box none is chosen");
        await figure.AddClassAsync("bird");
        await page.Page.FocusAsync("figure svg");
        await figure.KeyAsync("b");
        await figure.WaitUntilSavedAsync();
        Saved(1).Should().Equal(new LabeledBox(new BoundingBox(26, 29, 73, 90), "dog"), new LabeledBox(new BoundingBox(24, 30, 72, 90), "bird"));
        Open().ClassNames.Should().Equal("cat", "dog", "bird");
        await figure.KeyAsync("n");
        await figure.KeyAsync("0");
        await figure.WaitUntilSavedAsync();
        Saved(2).Should().BeEmpty();
        (await figure.StatusAsync()).Should().StartWith("2 of 3 labeled.").And.EndWith("nothing in it.");
    }

    [Fact]
    public async Task Finger_DrawsABox_AndThePageStays()
    {
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await page.Page.SetViewportSizeAsync(1280, 400);
        var touch = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var at = await page.Page.EvalOnSelectorAsync<double[]>("figure svg", "svg => { const { left, top, width } = svg.getBoundingClientRect(); return [left, top, 1600 / width]; }");
        foreach (var (type, x, y) in new[] { ("touchStart", 40, 40), ("touchMove", 100, 90), ("touchMove", 140, 120), ("touchEnd", 0, 0) })
        {
            await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = type == "touchEnd" ? [] : new[] { new { x = at[0] + x, y = at[1] + y } } });
        }

        await figure.WaitUntilSavedAsync();
        Near(Saved(0).Single(), "cat", 40 * at[2], 40 * at[2], 140 * at[2], 120 * at[2], within: 2.6);
        (await page.Page.EvaluateAsync<double>("scrollY")).Should().Be(0);
    }

    [Fact]
    public async Task Page_LoadedAnew_ShowsWhatIsSaved_AndGoesOn()
    {
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await figure.DragAsync(200, 100, 700, 600);
        await figure.WaitUntilSavedAsync();
        await page.Page.ReloadAsync();

        await figure.WaitForStatusAsync("1 of 3 labeled. Picture 2 of 3, b.png");
        await figure.DragAsync(10, 10, 50, 60);
        await figure.WaitUntilSavedAsync();
        Saved(0).Should().HaveCount(1);
        Near(Saved(1).Single(), "cat", 10, 10, 50, 60, within: 0.5);
        await figure.PressAsync("previous");
        (await figure.StatusAsync()).Should().Contain("a large.jpg, 1600 x 1200 pixels: 1 box");
    }

    [Fact]
    public async Task TwoPages_ThatDrawOnTheSamePicture_LoseNeithersBoxes()
    {
        var figure = Notebook.Label(_labels);
        await using var one = await OpenAsync(figure);
        await using var other = await OpenAsync(figure);
        var (first, second) = (new LabelingPage(one.Page), new LabelingPage(other.Page));
        await first.WaitUntilToldAsync("Labels are saved in");
        await second.WaitUntilToldAsync("Labels are saved in");
        await first.DragAsync(200, 100, 700, 600);
        await first.WaitUntilSavedAsync();
        await second.ChooseClassAsync("dog");
        await second.DragAsync(1000, 800, 1500, 1100);
        await second.WaitUntilSavedAsync();

        Saved(0).Select(box => box.ClassName).Should().Equal("cat", "dog");
        await second.WaitForStatusAsync("a large.jpg, 1600 x 1200 pixels: 2 boxes.");
        (await other.Page.IsDisabledAsync("button[name=undo]")).Should().BeTrue("to undo would take away what the first page has drawn");
        await first.KeyAsync("Delete"); // the first page has its own box chosen, and has not heard of the other's
        await first.WaitUntilSavedAsync();
        Near(Saved(0).Single(), "dog", 1000, 800, 1500, 1100, within: 2.6);
        await first.WaitForStatusAsync("1 of 3 labeled. Picture 1 of 3, a large.jpg, 1600 x 1200 pixels: 1 box.");
    }

    [Fact]
    public async Task Class_WithoutANameOrThereAlready_IsToldInASentence()
    {
        await using var page = await OpenAsync();
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("Labels are saved in");
        await figure.AddClassAsync("  ");
        (await figure.SavingAsync()).Should().Be("A class needs a name: type one.");
        await figure.AddClassAsync(" dog ");
        (await figure.SavingAsync()).Should().Be("There is a class dog already.");
        (await page.Page.Locator("[data-classes] button").AllInnerTextsAsync()).Should().Equal("1 cat", "2 dog");
    }

    [Fact]
    public async Task FileThatCannotBeWritten_IsToldInThePage_AndSavedOnceItCan()
    {
        var file = _folder.File("elsewhere", "labels.json");
        Directory.Delete(Path.GetDirectoryName(file)!);
        var labels = LabelFolder.Open(Pictures, ["cat"], file);
        var page = await _browser.OpenAsync(offline: false);
        await using var opened = await FigurePage.OpenAsync(page, Notebook.Label(labels), expected: "409");
        var figure = new LabelingPage(page);
        await figure.DragAsync(200, 100, 700, 600);
        await figure.WaitUntilToldAsync("Not saved.");
        (await figure.SavingAsync()).Should().Contain("labels.json cannot be written");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await figure.PressAsync("save");
        await figure.WaitUntilSavedAsync();

        LabelFolder.Open(Pictures, file: file).Pictures[0].Boxes.Should().HaveCount(1);
    }

    [Fact]
    public async Task PageThatCannotReachTheProcess_SaysSo_AndItsDownloadIsTaken()
    {
        await using var page = await FigurePage.OpenAsync(await _browser.OpenAsync(), Notebook.Label(_labels), expected: "ERR_INTERNET_DISCONNECTED");
        var figure = new LabelingPage(page.Page);
        await figure.WaitUntilToldAsync("does not answer");
        await figure.DragAsync(200, 100, 700, 600);
        await figure.WaitUntilToldAsync("Not saved.");
        await figure.KeyAsync("n");
        await figure.KeyAsync("0");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => figure.PressAsync("download"));
        var file = _folder.File("downloaded.json");
        await download.SaveAsAsync(file);

        download.SuggestedFilename.Should().Be(LabelFolder.DefaultFileName);
        (await page.Page.InputValueAsync("figure textarea")).Should().Be(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        _labels.Pictures.Should().AllSatisfy(picture => picture.Boxes.Should().BeNull());
        _labels.Take(file).Should().Be(2);
        Near(Saved(0).Single(), "cat", 200, 100, 700, 600, within: 2.6);
        Saved(1).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(800, true)]
    public async Task Figure_InAnyWindow_IsSeenWhole(int width, bool dark)
    {
        _labels.Label("a large.jpg", [new LabeledBox(new BoundingBox(200, 200, 900, 800), "cat"), new LabeledBox(new BoundingBox(1000, 300, 1500, 1100), "dog")]);
        await using var page = await FigurePage.OpenAsync(await _browser.OpenAsync(width: width, dark: dark, offline: false), Notebook.Label(_labels));
        var figure = new LabelingPage(page.Page);
        await figure.WaitForStatusAsync("Picture 2");
        await figure.PressAsync("previous");
        await figure.ClickAsync(500, 500);

        (await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
        await Screenshots.TakeAsync(page.Page, $"labeling-{width}-{(dark ? "dark" : "light")}", fullPage: true);
    }

    [Fact]
    public void Label_FolderOfManyPictures_HoldsTheFirstWithoutLabels_AndNamesThoseThatAreNone()
    {
        File.WriteAllText(_folder.File("pictures", "broken.jpg"), "text");
        var bytes = File.ReadAllBytes(Path.Combine(Pictures, "c.png"));
        File.WriteAllBytes(_folder.File("pictures", "cut.png"), bytes[..(bytes.Length / 2)]);
        var labels = Open("cat");
        labels.Label("a large.jpg", []);
        var html = Notebook.Label(labels, most: 3).ToHtml();

        html.Should().Contain("1 of 4 labeled.").And.Contain("Here are 2 of 4 pictures").And.Contain("broken.jpg is not a picture").And.Contain("cut.png is damaged or cut off");
        html.Should().NotContain("a large.jpg");
    }

    private Task<FigurePage> OpenAsync() => OpenAsync(Notebook.Label(_labels));

    private async Task<FigurePage> OpenAsync(Figure figure) => await FigurePage.OpenAsync(await _browser.OpenAsync(offline: false), figure);

    private LabelFolder Open(params string[] classNames) => LabelFolder.Open(Pictures, classNames);

    /// <summary>A picture's boxes as they are on the disk.</summary>
    private IReadOnlyList<LabeledBox> Saved(int picture) => Open().Pictures[picture].Boxes!;

    private static void Near(LabeledBox box, string name, double left, double top, double right, double bottom, double within)
    {
        box.ClassName.Should().Be(name);
        foreach (var (found, expected) in new[] { (box.Box.Left, left), (box.Box.Top, top), (box.Box.Right, right), (box.Box.Bottom, bottom) })
        {
            found.Should().BeApproximately(expected, within, $"{box.Box}");
        }
    }
}
