using AwesomeAssertions;
using SingleShot.Boxes;
using Xunit;

namespace Browser.Tests;

/// <summary>What a reader looks at before anything is trained: default boxes, whether they suit the objects, and the network.</summary>
[Trait("Needs", "chromium")]
public sealed class ModelExplorerTests(Browser browser)
{
    [Fact]
    public async Task DefaultBoxes_MapCellAndShape_NameTheBox()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "default-boxes");
        var boxes = Scenes.Ssd300.DefaultBoxes();
        await page.ChooseAsync("map", "2");
        await page.MoveAsync("row", 3);
        await page.MoveAsync("column", 7);
        await page.ChooseAsync("shape", "4");

        var expected = boxes.Where(b => b is { Map: 2, Row: 3, Column: 7 }).ElementAt(4); // two squares, 2 : 1, 1 : 2, then 3 : 1
        expected.AspectRatio.Should().Be(3);
        (await page.StatusAsync()).Should().StartWith($"Default box {expected.Index}: map 2, row 3, column 7, scale 0.33, aspect ratio 3. Center (240, 112), 171.5 x 57.2 pixels");
        (await page.BoxesAsync()).Should().HaveCount(6);
        (await page.RowAsync(2)).Should().StartWith("2 10² x 6 600 8542");
    }

    [Fact]
    public async Task DefaultBoxes_Click_ChoosesTheCellThere()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "default-boxes");
        await page.ChooseAsync("map", "3"); // 5 x 5 cells
        var picture = (await page.Page.Locator("svg image").BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(picture.X + 0.7f * picture.Width, picture.Y + 0.1f * picture.Height);

        (await page.StatusAsync()).Should().Contain("map 3, row 0, column 3,");
    }

    [Fact]
    public async Task DefaultBoxes_WhatStandsBesideThem_IsDrawn()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "default-boxes");
        var boxes = Scenes.Ssd300.DefaultBoxes().Where(b => b.Map == 4).ToList();
        await page.ChooseAsync("map", "4"); // 3 x 3 cells, four boxes each
        await page.ChooseAsync("show", "neighbors");
        (await page.BoxesAsync()).Should().HaveCount(9);
        await page.ChooseAsync("show", "all");
        (await page.BoxesAsync()).Should().HaveCount(36);
        await page.ChooseAsync("show", "leaving");
        var leaving = boxes.Count(b => b.On(1, 1) is { Left: < 0 } or { Top: < 0 } or { Right: > 1 } or { Bottom: > 1 });

        leaving.Should().BeInRange(1, 35);
        (await page.RowAsync(4)).Should().EndWith($" {leaving}");
        (await page.BoxesAsync()).Length.Should().BeInRange(leaving, leaving + 1, "the chosen box stays");
    }

    [Theory]
    [InlineData("all", 2)]
    [InlineData("2", 0.5)]
    public async Task Coverage_OtherScales_CoverOtherObjects(string map, double factor)
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "coverage");
        await page.ChooseAsync("map", map);
        await page.MoveAsync("factor", factor);

        double Change(int k) => map == "all" || map == $"{k}" ? factor : 1;
        var changed = new DefaultBoxes([.. Scenes.Small.Maps.Select((m, k) => m with { Scale = m.Scale * Change(k), NextScale = m.NextScale * Change(k + 1) })], 96);
        var corners = ExplorerFigures.Samples.SelectMany(s => s.Truths).Select(t => t.Box.Scale(1 / 96.0, 1 / 96.0)).ToList();
        corners.Should().HaveCountLessThanOrEqualTo(1000);
        var covered = corners.Count(truth => changed.Any(box => box.On(1, 1).Overlap(truth) >= 0.5));
        (await page.StatusAsync()).Should().StartWith($"{covered} of {corners.Count} objects are covered");
    }

    [Fact]
    public async Task Coverage_Bars_AreAllObjects()
    {
        var figure = ExplorerFigures.Of("coverage");
        await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
        await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);
        const string Bars = "[...document.querySelectorAll('.singleshot-bar')].map(bar => ['x', 'y', 'width', 'height'].map(key => Math.round(bar.getAttribute(key))).join(' '))";

        (await still.Page.EvaluateAsync<string[]>(Bars)).Should().Equal(await alive.Page.EvaluateAsync<string[]>(Bars)).And.HaveCountGreaterThan(10);
    }

    [Fact]
    public async Task Network_EachPart_IsToldAndLit()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "network");
        (await page.StatusAsync()).Should().Be("All maps together: 8732 default boxes, each with 4 offsets and 5 scores, in one list.");
        await page.MoveAsync("step", 4);

        (await page.StatusAsync()).Should().Be(
            "conv4_3: pool3, which rounds up, then conv4_1 to conv4_3, 3 x 3. It has 512 channels of 38 x 38. This is map 0. Its heads give 16 offsets and 20 scores for each cell: "
            + "4 and 5 for each of its 4 default boxes. The squares have 21 and 31 pixels. With this map there are 5776 default boxes.");
        (await page.Page.InnerTextAsync("tr.singleshot-chosen")).Should().StartWith("0");
        (await page.Page.Locator("[data-part]").EvaluateAllAsync<string>("parts => parts.map(part => part.style.opacity).join(' ')")).Should().Be("1 1 1 1 1 0.3 0.3 0.3 0.3 0.3 0.3 0.3");
    }

    [Fact]
    public async Task Network_ClickOnAPart_ChoosesIt()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "network");
        await page.Page.Locator("[data-part='6'] rect").First.ClickAsync();

        (await page.StatusAsync()).Should().StartWith("conv7: pool5, which keeps the size, then conv6, 3 x 3 with dilation 6, and conv7, 1 x 1. It has 1024 channels of 19 x 19.")
            .And.EndWith("With this map there are 7942 default boxes.");
    }
}
