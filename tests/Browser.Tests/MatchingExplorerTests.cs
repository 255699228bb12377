using System.Globalization;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Browser.Tests;

/// <summary>Objects that a reader moves and resizes: the page matches them as the library matches objects that stand there.</summary>
[Trait("Needs", "chromium")]
public sealed class MatchingExplorerTests(Browser browser)
{
    private const int Side = 300;
    private static readonly BoundingBox Left = new(40.3, 50.2, 110.9, 130);
    private static readonly BoundingBox Right = new(180, 160, 270, 260);

    private static readonly Lazy<Figure> Matching = new(() => Explore.Matching(Scenes.Picture(Side, Side), Objects(Left, Right), Scenes.Ssd300));

    [Theory]
    [InlineData(8, 0)] // at this size of the picture about half a cell of the first map
    [InlineData(-31, 52)]
    [InlineData(17, -40)]
    public async Task Object_Dragged_IsMatchedWhereItIs(int x, int y)
    {
        await using var page = await OpenAsync();
        var before = await MatchesAsync(page);
        before.Should().Equal(Library(Left, Right));
        var scale = await DragAsync(page, (Right.Left + Right.Right) / 2, (Right.Top + Right.Bottom) / 2, x, y);

        var moved = Right.Shift(x / scale, y / scale);
        (await MatchesAsync(page)).Should().Equal(Library(Left, moved)).And.NotEqual(before);
        (await page.StatusAsync()).Should().StartWith($"{Library(Left, moved).Length} matches, ");
        (await page.RowAsync(1)).Should().StartWith($"1: {Name(1)} 90 x 100 ").And.EndWith($" {Library(Left, moved).Count(m => m.Object == 1)} 0");
        (await ValueAsync(page, "object")).Should().Be(1);
        (await ValueAsync(page, "x")).Should().Be(Math.Round((moved.Left + moved.Right) / 2));
        (await page.Page.EvaluateAsync<string>("document.querySelector('[data-layer=objects] rect:first-of-type').getAttribute('x')"))
            .Should().Be(moved.Left.ToString("F2", CultureInfo.InvariantCulture), "the largest is drawn first");
    }

    [Fact]
    public async Task Object_DraggedByAFinger_MovesAndThePageDoesNot()
    {
        await using var page = await OpenAsync();
        await page.Page.SetViewportSizeAsync(1280, 400); // the page could scroll
        var touch = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var (x, y, scale) = await PlaceAsync(page, 75, 90);
        foreach (var (type, by) in new[] { ("touchStart", 0), ("touchMove", -20), ("touchMove", -60), ("touchEnd", 0) })
        {
            await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = type == "touchEnd" ? [] : new[] { new { x, y = y + by } } });
        }

        (await MatchesAsync(page)).Should().Equal(Library(Left.Shift(0, -60 / scale), Right));
        (await page.Page.EvaluateAsync<double>("scrollY")).Should().Be(0);
    }

    [Fact]
    public async Task Corner_Dragged_ResizesItsObject()
    {
        await using var page = await OpenAsync();
        var scale = await DragAsync(page, Left.Right, Left.Bottom, 60, -35);

        var resized = Left with { Right = Left.Right + 60 / scale, Bottom = Left.Bottom - 35 / scale };
        (await MatchesAsync(page)).Should().Equal(Library(resized, Right)).And.NotEqual(Library(Left, Right));
        (await page.RowAsync(0)).Should().StartWith($"0: {Name(0)} {resized.Width:F0} x {resized.Height:F0} ");
        (await ValueAsync(page, "width")).Should().Be(Math.Round(resized.Width));
        await Screenshots.TakeAsync(page.Page, "matching-resized");
    }

    [Fact]
    public async Task Object_DraggedFarAway_StaysInThePictureAndOfSomeSize()
    {
        await using var page = await OpenAsync();
        await DragAsync(page, 75, 90, -2000, 2000);
        (await ValueAsync(page, "x")).Should().Be(0);
        (await ValueAsync(page, "y")).Should().Be(Side);
        await page.Page.ClickAsync("button[name=put-back]");
        await DragAsync(page, Left.Right, Left.Bottom, -2000, -2000);
        (await page.RowAsync(0)).Should().StartWith($"0: {Name(0)} 2 x 2 ");
        (await MatchesAsync(page)).Should().Contain(m => m.Object == 0, "it is matched by force");
    }

    [Fact]
    public async Task Label_Dragged_MovesAnObjectThatOthersHide()
    {
        var hidden = new BoundingBox(30, 60, 290, 290);
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), Explore.Matching(Scenes.Picture(Side, Side), Objects(hidden, hidden, Right), Scenes.Ssd300));
        var scale = await DragAsync(page, hidden.Left + 20, hidden.Top - 5, 12, 9);

        (await ValueAsync(page, "object")).Should().Be(0);
        (await MatchesAsync(page)).Should().Equal(Library(hidden.Shift(12 / scale, 9 / scale), hidden, Right));
    }

    [Fact]
    public async Task Sliders_ByKeyboard_MoveTheObjectOfTheList()
    {
        await using var page = await OpenAsync();
        await page.ChooseAsync("object", "1");
        (await Task.WhenAll(new[] { "x", "y", "width", "height" }.Select(name => ValueAsync(page, name)))).Should().Equal(225, 210, 90, 100);
        foreach (var (slider, key) in new[] { ("x", "ArrowLeft"), ("y", "ArrowRight"), ("width", "Home"), ("height", "End"), ("width", "PageUp") })
        {
            await page.Page.FocusAsync($"input[name={slider}]");
            await page.Page.Keyboard.PressAsync(key);
        }

        var width = await ValueAsync(page, "width");
        width.Should().BeInRange(10, 60, "it went from 2 a page up");
        (await MatchesAsync(page)).Should().Equal(Library(Left, BoundingBox.FromSize(224 - width / 2, 211 - Side / 2, width, Side)));
        (await page.Page.GetAttributeAsync("input[name=x]", "aria-valuetext")).Should().Be("224");
    }

    [Fact]
    public async Task Click_OnAnObject_ChoosesIt()
    {
        await using var page = await OpenAsync();
        var before = await MatchesAsync(page);
        await DragAsync(page, 225, 210, 0, 0);

        (await ValueAsync(page, "object")).Should().Be(1);
        (await ValueAsync(page, "x")).Should().Be(225);
        (await MatchesAsync(page)).Should().Equal(before);
    }

    [Fact]
    public async Task PutBack_AfterEverything_ShowsWhatWasShownFirst()
    {
        await using var page = await OpenAsync();
        const string Look = "document.querySelector('figure [role=status]').textContent + [...document.querySelectorAll('figure svg g, figure table')].map(part => part.outerHTML).join()";
        var first = await page.Page.EvaluateAsync<string>(Look);
        await DragAsync(page, 75, 90, 33, 44);
        await DragAsync(page, Right.Right, Right.Bottom, -20, 30);
        (await page.Page.EvaluateAsync<string>(Look)).Should().NotBe(first);
        await page.ChooseAsync("object", "0");
        await page.Page.ClickAsync("button[name=put-back]");

        (await page.Page.EvaluateAsync<string>(Look)).Should().Be(first);
    }

    [Fact]
    public async Task Labels_WithoutScript_LieWhereTheScriptPutsThem()
    {
        Figure[] figures = [Matching.Value, .. Enumerable.Range(1, 5).Select(seed => Explore.Matching(Scenes.Picture(96, 96), Scenes.Objects(seed, 9, 96, 96), Scenes.Small))];
        foreach (var figure in figures)
        {
            await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
            await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);
            const string Texts = "[...document.querySelectorAll('[data-layer=labels] text')].map(text => text.textContent + text.getAttribute('fill'))";
            const string Places = """
                [...document.querySelectorAll("[data-layer=labels] text")].flatMap(text => [text, text.previousElementSibling].flatMap(part =>
                  ["x", "y", "width", "height", "textLength", "font-size"].map(key => Number(part.getAttribute(key)))))
                """;

            (await alive.Page.EvaluateAsync<string[]>(Texts)).Should().Equal(await still.Page.EvaluateAsync<string[]>(Texts)).And.NotBeEmpty();
            (await alive.Page.EvaluateAsync<double[]>(Places)).Should().Equal(await still.Page.EvaluateAsync<double[]>(Places), (a, b) => Math.Abs(a - b) < 0.02);
        }
    }

    [Fact]
    public async Task Mouse_OverAnObject_StillFindsTheDefaultBoxesAndSaysWhatItCanDo()
    {
        await using var page = await OpenAsync();
        Task<string> Cursor() => page.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('svg')).cursor");
        var (x, y, _) = await PlaceAsync(page, 225, 210);
        await page.Page.Mouse.MoveAsync(x, y);
        (await page.Page.EvaluateAsync<string>("([x, y]) => document.elementFromPoint(x, y).textContent", new[] { x, y })).Should().Contain("matched to object 1");
        (await Cursor()).Should().Be("move");
        (x, y, _) = await PlaceAsync(page, Right.Right, Right.Bottom);
        await page.Page.Mouse.MoveAsync(x, y);
        (await Cursor()).Should().Be("nwse-resize");
        (x, y, _) = await PlaceAsync(page, 150, 20);
        await page.Page.Mouse.MoveAsync(x, y);
        (await Cursor()).Should().Be("auto");
    }

    private async Task<FigurePage> OpenAsync() => await FigurePage.OpenAsync(await browser.OpenAsync(), Matching.Value);

    private static GroundTruth[] Objects(params BoundingBox[] boxes) => [.. boxes.Select((box, i) => new GroundTruth(box, i))];

    private static string Name(int label) => Scenes.Ssd300.ClassNames[label];

    private static async Task<double> ValueAsync(FigurePage page, string control) =>
        double.Parse(await page.Page.InputValueAsync($"[name={control}]"), CultureInfo.InvariantCulture);

    /// <summary>A point of the picture in whole pixels of the window, and the pixels of the window in one of the picture.</summary>
    private static async Task<(int X, int Y, double Scale)> PlaceAsync(FigurePage page, double x, double y)
    {
        var picture = (await page.Page.Locator("svg image").BoundingBoxAsync())!;
        var scale = picture.Width / Side;
        return ((int)Math.Round(picture.X + x * scale), (int)Math.Round(picture.Y + y * scale), scale);
    }

    /// <summary>Drags from a point of the picture by pixels of the window; how many of them are one of the picture.</summary>
    private static async Task<double> DragAsync(FigurePage page, double fromX, double fromY, int x, int y)
    {
        var (left, top, scale) = await PlaceAsync(page, fromX, fromY);
        await page.Page.Mouse.MoveAsync(left, top);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(left + x / 2, top + y / 2);
        await page.Page.Mouse.MoveAsync(left + x, top + y);
        await page.Page.Mouse.UpAsync();
        await page.Page.Mouse.MoveAsync(left, top); // held no more
        return scale;
    }

    /// <summary>What is drawn, from the hover texts: by object, then by default box.</summary>
    private static async Task<(int Object, int Box)[]> MatchesAsync(FigurePage page) =>
    [
        .. (await page.HoversAsync())
            .Select(text => Regex.Match(text, @"^default box (\d+)\n[^$]*(?:matched|forced) to object (\d+):"))
            .Where(match => match.Success)
            .Select(match => (int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            .Order(),
    ];

    private static (int Object, int Box)[] Library(params BoundingBox[] boxes)
    {
        using var scope = NewDisposeScope();
        var targets = ExplorerData.Targets(Objects(boxes), Scenes.Picture(Side, Side));
        return [.. new BestOverlapMatcher(0.5).Match(targets, ones(1, boxes.Length, @bool), Scenes.Ssd300.DefaultBoxes().ToTensor(), Scenes.Ssd300.InputSize)
            .InImage(0).Select(match => (match.Truth, match.DefaultBox)).Order()];
    }
}
