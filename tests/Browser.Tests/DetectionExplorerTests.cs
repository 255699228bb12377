using AwesomeAssertions;
using SingleShot.Figures.Explorers;
using Xunit;

namespace Browser.Tests;

/// <summary>What is found: at other thresholds, in other pictures, step by step of the suppression, and frame by frame of a film.</summary>
[Trait("Needs", "chromium")]
public sealed class DetectionExplorerTests(Browser browser)
{
    [Fact]
    public async Task Detection_Thresholds_ChangeWhatIsShown()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "detection");
        var before = await page.BoxesAsync();
        await page.MoveAsync("score", 0.05);
        var unsure = await page.BoxesAsync();
        await page.MoveAsync("overlap", 0.95);
        var repeated = await page.BoxesAsync();
        await page.MoveAsync("score", 0.99);

        before.Length.Should().BeGreaterThan(ExplorerFigures.Truths.Length);
        unsure.Length.Should().BeGreaterThan(before.Length);
        repeated.Length.Should().BeGreaterThan(unsure.Length);
        (await page.StatusAsync()).Should().Contain("of 5 objects found");
    }

    [Fact]
    public async Task Detections_AnotherPicture_IsShownAsAlone()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "detections");
        var first = await page.Page.GetAttributeAsync("svg image", "href");
        await page.MoveAsync("picture", 2);
        await page.MoveAsync("score", 0.3);
        await using var alone = await FigurePage.OpenAsync(
            await browser.OpenAsync(), DetectionExplorer.Of(Scenes.Small, [ExplorerFigures.Predicted(1)], new(0.3, Overlap: 0.45), "the second picture"));

        (await page.BoxesAsync()).Should().BeEquivalentTo(await alone.BoxesAsync()).And.NotBeEmpty();
        (await page.StatusAsync()).Should().Be(await alone.StatusAsync());
        (await page.Page.GetAttributeAsync("svg image", "href")).Should().Be(await alone.Page.GetAttributeAsync("svg image", "href")).And.NotBe(first);
        await page.MoveAsync("picture", 1);
        (await page.Page.GetAttributeAsync("svg image", "href")).Should().Be(first);
    }

    [Fact]
    public async Task Suppression_Steps_JudgeBoxAfterBox()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "suppression");
        await page.MoveAsync("step", 0);
        (await page.StatusAsync()).Should().StartWith("0 of ").And.EndWith("The highest score comes first.");
        await page.MoveAsync("step", 1);
        (await page.StatusAsync()).Should().StartWith("1 of ").And.Contain(", 1 kept. Last: default box ").And.EndWith("overlap it by 0.00 at most.");
        await page.MoveAsync("overlap", 0);
        await page.MoveAsync("step", 2);
        (await page.Page.Locator("ol li").CountAsync()).Should().Be(2);
        (await page.Page.InnerTextAsync("ol li:nth-child(2)")).Should().Match("default box * dropped by default box *, overlap 0.*");
    }

    [Fact]
    public async Task Suppression_AnotherClass_IsJudgedToTheEnd()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "suppression");
        var now = await page.Page.EvalOnSelectorAsync<string>("select[name=class]", "list => list.value");
        await page.ChooseAsync("class", now == "0" ? "1" : "0");

        (await page.StatusAsync()).Should().MatchRegex("^(\\d+) of \\1 box");
    }

    [Fact]
    public async Task Film_Play_ShowsFrameAfterFrame_AtItsSpeed()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "film");
        (await page.StatusAsync()).Should().Be("Frame 1: 1 detection.");
        var pictures = new List<string?> { await page.Page.GetAttributeAsync("svg image", "href") };
        await page.Page.Clock.InstallAsync();
        await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddDays(1));
        await page.Page.ClickAsync("button");
        foreach (var status in new[] { "Frame 2: 2 detections.", "Frame 3: 3 detections." })
        {
            await page.Page.Clock.RunForAsync(110);
            (await page.StatusAsync()).Should().Be(status);
            pictures.Add(await page.Page.GetAttributeAsync("svg image", "href"));
        }

        pictures.Should().OnlyHaveUniqueItems();
        (await page.BoxesAsync()).Should().HaveCount(3);
        await page.MoveAsync("snapshot", 0);
        (await page.Page.GetAttributeAsync("svg image", "href")).Should().Be(pictures[0]);
    }
}
