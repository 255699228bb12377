using AwesomeAssertions;
using Xunit;

namespace Browser.Tests;

/// <summary>Average precision made of single detections.</summary>
[Trait("Needs", "chromium")]
public sealed class AveragePrecisionExplorerTests(Browser browser)
{
    [Fact]
    public async Task AveragePrecision_WordsTableAndPlot_AreWhatStoodBeforeTheScript()
    {
        var figure = ExplorerFigures.Of("average-precision");
        await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
        await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);
        foreach (var parts in new[] { "[role=status]", "tbody", ".singleshot-box", "[data-layer=moving] text", "[data-layer=plot] > *" })
        {
            var html = $"[...document.querySelectorAll('{parts}')].map(e => '{parts}'.includes('moving') || '{parts}'.includes('box') ? e.textContent : e.outerHTML)";
            (await alive.Page.EvaluateAsync<string[]>(html)).Should().Equal(await still.Page.EvaluateAsync<string[]>(html)).And.NotBeEmpty();
        }
    }

    [Fact]
    public async Task AveragePrecision_Overlap_JudgesAnew()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "average-precision");
        (await page.StatusAsync()).Should().Be(
            "At an overlap of 0.50, 4 of 10 detections are right and 4 of 5 objects found: precision 0.400, recall 0.800. "
            + "Average precision: area 0.664, eleven recalls 0.695, COCO's 101 recalls 0.668. Mean over the ten overlaps 0.50 to 0.95: 0.421.");
        (await page.RowAsync(2)).Should().Be("3 0.790 0.681 wrong: 1 has it 0.667 0.400");
        await page.MoveAsync("overlap", 0.8);
        (await page.StatusAsync()).Should().Be(
            "At an overlap of 0.80, 1 of 10 detections is right and 1 of 5 objects found: precision 0.100, recall 0.200. "
            + "Average precision: area 0.200, eleven recalls 0.273, COCO's 101 recalls 0.208. Mean over the ten overlaps 0.50 to 0.95: 0.421.");
        (await page.RowAsync(2)).Should().Be("3 0.790 0.681 wrong: misplaced 0.333 0.200");
        (await page.HoversAsync()).Should().Contain("detection 2, score 0.870\nbest overlap 0.796\nwrong: not well enough in place, overlap 0.796");
        await page.MoveAsync("overlap", 0.95);
        (await page.StatusAsync()).Should().StartWith("At an overlap of 0.95, 0 of 10 detections are right and 0 of 5 objects found: precision 0.000, recall 0.000. Average precision: area 0.000,");
    }

    [Fact]
    public async Task AveragePrecision_Taken_LeavesTheLessSureOut()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "average-precision");
        (await page.HoversAsync()).Should().Contain("detection 3, score 0.790\nbest overlap 0.681\nwrong: detection 1, with a higher score, has that object")
            .And.Contain("detection 6, score 0.550\nbest overlap 0.000\nwrong: overlaps nothing");
        await page.MoveAsync("taken", 4);
        (await page.StatusAsync()).Should().Be(
            "At an overlap of 0.50, 3 of 4 detections are right and 3 of 5 objects found: precision 0.750, recall 0.600. "
            + "Average precision: area 0.550, eleven recalls 0.591, COCO's 101 recalls 0.554. Mean over the ten overlaps 0.50 to 0.95: 0.353.");
        (await page.RowAsync(3)).Should().Be("4 0.710 0.796 right 0.750 0.600");
        (await page.RowAsync(4)).Should().Be("5 0.630 0.188   ");
        (await page.HoversAsync()).Should().Contain("detection 5, score 0.630\nbest overlap 0.188\nnot taken yet");
        (await page.Page.Locator("[data-layer=plot] circle").CountAsync()).Should().Be(4);
        (await page.Page.Locator("[data-layer=moving] text").AllTextContentsAsync()).Should().Equal("1", "2", "3", "4");
        await page.MoveAsync("taken", 1);
        (await page.StatusAsync()).Should().StartWith("At an overlap of 0.50, 1 of 1 detection is right and 1 of 5 objects found: precision 1.000, recall 0.200. Average precision: area 0.200,");
    }
}
