using System.Text.RegularExpressions;
using AwesomeAssertions;
using Xunit;

namespace Browser.Tests;

/// <summary>What a training step teaches: matches and mined negatives; and the states of a training one after another.</summary>
[Trait("Needs", "chromium")]
public sealed class TrainingExplorerTests(Browser browser)
{
    [Fact]
    public async Task Matching_Threshold_MatchesAnew()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "matching");
        var before = await page.BoxesAsync();
        await page.MoveAsync("threshold", 0.3);
        var lower = await page.BoxesAsync();
        await page.MoveAsync("threshold", 0.95);

        lower.Length.Should().BeGreaterThan(before.Length);
        (await page.StatusAsync()).Should().StartWith("5 matches, 5 of them forced.").And.EndWith("Objects that nobody matches: none.");
        (await page.BoxesAsync()).Should().HaveCount(10, "five objects and their forced matches");
        (await page.RowAsync(0)).Should().EndWith(" 1 1");
    }

    [Fact]
    public async Task Matching_MouseOnABox_TellsAllAboutIt()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "matching");

        (await page.HoversAsync()).Should().Contain("object 0: " + Scenes.Ssd300.ClassNames[ExplorerFigures.Truths[0].Label])
            .And.Contain(text => Regex.IsMatch(text, @"^default box \d+\nmap \d, cell row \d+, column \d+\nscale 0\.\d+, aspect ratio [\d.]+\nmatched to object 0: \w+\noverlap 0\.\d{3}$"));
    }

    [Fact]
    public async Task Matching_ManyToMany_LeavesObjectsAlone()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "matching");
        await page.MoveAsync("threshold", 0.95);
        await page.ChooseAsync("strategy", "many");

        (await page.StatusAsync()).Should().StartWith("0 matches, 0 of them forced. 8732 of 8732 default boxes match nothing.").And.Contain("0 (");
        (await page.Page.Locator("tr.singleshot-missed").CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task Mining_RatioAndNetwork_ChangeWhatIsChosen()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "mining");
        (await page.StatusAsync()).Should().Contain("positives, ");
        var three = (await page.BoxesAsync()).Length - ExplorerFigures.Truths.Length;
        await page.MoveAsync("ratio", 0);
        var one = await page.BoxesAsync();
        await page.MoveAsync("snapshot", 1);
        var later = await page.BoxesAsync();

        three.Should().Be(3 * (one.Length - ExplorerFigures.Truths.Length));
        later.Should().HaveSameCount(one).And.NotBeEquivalentTo(one);
        await page.MoveAsync("ratio", 3);
        (await page.StatusAsync()).Should().Contain("They carry 100\u00a0%");
    }

    [Fact]
    public async Task Snapshots_Play_GoesThroughThem()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "snapshots");
        (await page.StatusAsync()).Should().Be("step 3: 2 boxes.");
        await page.Page.Clock.InstallAsync();
        await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddDays(1)); // a clock that is installed goes on by itself
        await page.Page.ClickAsync("button");
        (await page.StatusAsync()).Should().Be("step 1: 1 box.");
        (await page.BoxesAsync()).Should().ContainSingle();
        await page.Page.Clock.RunForAsync(750);
        (await page.StatusAsync()).Should().Be("step 2: 0 boxes.");
        await page.Page.Clock.RunForAsync(750);
        (await page.StatusAsync()).Should().Be("step 3: 2 boxes.");
        (await page.Page.InnerTextAsync("button")).Should().Be("Play");
    }
}
