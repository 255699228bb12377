using System.Text;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Explorers;
using SingleShot.Images;
using Xunit;
using static TorchSharp.torch;

namespace Browser.Tests;

/// <summary>Every explorer in a browser without a network: what stands before a script runs, and what each control changes.</summary>
[Trait("Needs", "chromium")]
public sealed class ExplorerTests(Browser browser)
{
    private static readonly GroundTruth[] Truths = Scenes.Objects(11, 5, 300, 300);

    private static Sample[] Samples { get; } = [.. Enumerable.Range(0, 50).Select(i => new Sample($"{i}", "", 96, 96, Scenes.Objects(i, 8, 96, 96)))];

    public static TheoryData<string> Names => [.. Figures.Keys];

    public static MatrixTheoryData<string, int, bool> Windows => new(Figures.Keys, [1280, 800], [false, true]);

    private static Dictionary<string, Lazy<Figure>> Figures { get; } = new()
    {
        ["default-boxes"] = new(() => Explore.DefaultBoxes(Scenes.Picture(300, 300), Scenes.Ssd300)),
        ["matching"] = new(() => Explore.Matching(Scenes.Picture(300, 300), Truths, Scenes.Ssd300)),
        ["matching-small"] = new(() => Explore.Matching(Scenes.Picture(96, 96), Scenes.Objects(2, 6, 96, 96), Scenes.Small)),
        ["mining"] = new(() => Explore.Mining(Scenes.Picture(300, 300), Truths, Scenes.Ssd300, [("untrained", Scores(0)), ("trained", Scores(1))])),
        ["detection"] = new(() => Explore.Detection(Scenes.Picture(300, 300), Scenes.Small, Predictions.Offsets, Predictions.Scores, Truths)),
        ["detections"] = new(() => DetectionExplorer.Of(Scenes.Small, [.. Enumerable.Range(0, 3).Select(Predicted)], new(0.4, Overlap: 0.45), "three pictures")),
        ["network"] = new(() => Explore.Network(Scenes.Ssd300)),
        ["network-small"] = new(() => Explore.Network(Scenes.Small)),
        ["suppression"] = new(() => Explore.Suppression(Scenes.Picture(300, 300), Scenes.Small, Predictions.Offsets, Predictions.Scores)),
        ["coverage"] = new(() => Explore.Coverage(Samples, Scenes.Small)),
        ["average-precision"] = new(() => Explore.AveragePrecision(Scenes.Picture(530, 180), Scenes.Ten().Truths, Scenes.Ten().Detections)),
        ["snapshots"] = new(() => Explore.Snapshots(Scenes.Picture(96, 96),
        [
            ("step 1", [new BoxOnImage(new BoundingBox(5, 5, 30, 30), "first") { Label = "cat 0.30" }]),
            ("step 2", []),
            ("step 3", [new BoxOnImage(new BoundingBox(15, 15, 60, 60), "last") { Label = "cat 0.90" }, new BoxOnImage(new BoundingBox(1, 1, 9, 9), "other", 1)]),
        ])),
        ["film"] = new(() => Explore.Film([.. Enumerable.Range(0, 3).Select(i => (
            RgbImage.Create(120, 90, pixels => pixels.Fill((byte)(60 + 40 * i))),
            (IReadOnlyList<DetectedObject>)[.. Enumerable.Range(0, i + 1).Select(j => new DetectedObject(BoundingBox.FromSize(10 + 30 * i, 10 + 20 * j, 24, 16), j, "cat", 0.9))]))])),
    };

    private static (Tensor Offsets, Tensor Scores) Predictions { get; } = Scenes.Predictions(Scenes.Small, Truths, 300, 300, seed: 6);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Explorer_WithoutScript_ShowsWhatTheScriptDrawsFirst(string name)
    {
        var figure = Figures[name].Value;
        await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
        await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);

        (await still.Page.IsVisibleAsync("input, select")).Should().BeFalse("a control that does nothing is worse than none");
        (await alive.Page.IsVisibleAsync("input, select")).Should().BeTrue();
        (await still.StatusAsync()).Should().NotBeEmpty();
        (await still.BoxesAsync()).Should().BeEquivalentTo(await alive.BoxesAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explorer_OfAnyModel_WeighsLessThanAMegabyte(string name) => Weight(Figures[name].Value).Should().BeLessThan(1_000_000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Explorer_EachOfItsControls_ChangesWhatIsShown(string name)
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), Figures[name].Value);

        (await MovedControl.AllOfAsync(page.Page)).Should().NotBeEmpty().And.AllSatisfy(control => control.Looks.Should().Be(control.Choices, $"every choice of {control.Name} looks different"));
    }

    [Fact]
    public async Task Figure_Of8732BoxesAnd200Matches_WeighsLessThanAMegabyte_AndOpens()
    {
        var matching = Explore.Matching(Scenes.Picture(300, 300), Truths, Scenes.Ssd300, threshold: 0.3);
        var image = Scenes.Picture(300, 300);
        var boxes = Scenes.Ssd300.DefaultBoxes();
        foreach (var figure in new[] { Pictures.DefaultBoxes(image, [.. boxes]), matching })
        {
            Weight(figure).Should().BeLessThan(1_000_000);
            await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);
            if (figure == matching)
            {
                (await page.BoxesAsync()).Length.Should().BeGreaterThan(200);
            }
        }
    }

    [Theory]
    [InlineData("document.body.dataset.jpThemeLight = 'false'", "dark")]
    [InlineData("document.body.dataset.jpThemeLight = 'true'", "light")]
    [InlineData("document.body.classList.add('vscode-dark')", "dark")]
    [InlineData("document.body.classList.add('vscode-light')", "light")]
    [InlineData("document.body.classList.add('vscode-high-contrast')", "dark")]
    [InlineData("document.body.classList.add('vscode-high-contrast', 'vscode-high-contrast-light')", "light")]
    public async Task Explorer_InAThemedPage_HasTheThemesControls(string theme, string scheme)
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(dark: scheme == "light"), Figures["matching"].Value);
        await page.Page.EvaluateAsync(theme);
        await page.Page.EvaluateAsync("document.body.style.color = 'rgb(1, 2, 3)'");

        (await page.Page.EvalOnSelectorAsync<string>("input", "control => getComputedStyle(control).colorScheme")).Should().Be(scheme);
        (await page.Page.EvalOnSelectorAsync<string>("[role=status]", "text => getComputedStyle(text).color")).Should().Be("rgb(1, 2, 3)", "text has the page's ink");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Explorer_InAnyWindow_FitsIt(string name, int width, bool dark)
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(width: width, dark: dark), Figures[name].Value);

        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        (await page.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('input, select, button, table, [role=status], svg')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.tagName !== 'svg' || e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 80))"))
            .Should().BeEmpty("nothing is cut off");
        await Screenshots.TakeAsync(page.Page, $"{name}-{width}-{(dark ? "dark" : "light")}", fullPage: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Needs", "axe")]
    public async Task Explorer_ByAxe_HasNoAccessibilityFault(string name)
    {
        var axe = Environment.GetEnvironmentVariable("AXE");
        Assert.SkipUnless(File.Exists(axe), "AXE names no file: npm install axe-core, and let AXE be the path of its axe.min.js.");
        foreach (var dark in new[] { false, true })
        {
            await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(dark: dark), Figures[name].Value);
            await page.Page.AddScriptTagAsync(new() { Path = axe });
            var faults = await page.Page.EvaluateAsync<string[]>(
                "async () => (await axe.run('figure')).violations.map(v => `${v.impact} ${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)");
            faults.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task DefaultBoxes_MapCellAndShape_NameTheBox()
    {
        await using var page = await OpenAsync("default-boxes");
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
        await using var page = await OpenAsync("default-boxes");
        await page.ChooseAsync("map", "3"); // 5 x 5 cells
        var picture = (await page.Page.Locator("svg image").BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(picture.X + 0.7f * picture.Width, picture.Y + 0.1f * picture.Height);

        (await page.StatusAsync()).Should().Contain("map 3, row 0, column 3,");
    }

    [Fact]
    public async Task DefaultBoxes_WhatStandsBesideThem_IsDrawn()
    {
        await using var page = await OpenAsync("default-boxes");
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

    [Fact]
    public async Task Matching_Threshold_MatchesAnew()
    {
        await using var page = await OpenAsync("matching");
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
        await using var page = await OpenAsync("matching");

        (await page.HoversAsync()).Should().Contain("object 0: " + Scenes.Ssd300.ClassNames[Truths[0].Label])
            .And.Contain(text => Regex.IsMatch(text, @"^default box \d+\nmap \d, cell row \d+, column \d+\nscale 0\.\d+, aspect ratio [\d.]+\nmatched to object 0: \w+\noverlap 0\.\d{3}$"));
    }

    [Fact]
    public async Task Matching_ManyToMany_LeavesObjectsAlone()
    {
        await using var page = await OpenAsync("matching");
        await page.MoveAsync("threshold", 0.95);
        await page.ChooseAsync("strategy", "many");

        (await page.StatusAsync()).Should().StartWith("0 matches, 0 of them forced. 8732 of 8732 default boxes match nothing.").And.Contain("0 (");
        (await page.Page.Locator("tr.singleshot-missed").CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task Mining_RatioAndNetwork_ChangeWhatIsChosen()
    {
        await using var page = await OpenAsync("mining");
        (await page.StatusAsync()).Should().Contain("positives, ");
        var three = (await page.BoxesAsync()).Length - Truths.Length;
        await page.MoveAsync("ratio", 0);
        var one = await page.BoxesAsync();
        await page.MoveAsync("snapshot", 1);
        var later = await page.BoxesAsync();

        three.Should().Be(3 * (one.Length - Truths.Length));
        later.Should().HaveSameCount(one).And.NotBeEquivalentTo(one);
        await page.MoveAsync("ratio", 3);
        (await page.StatusAsync()).Should().Contain("They carry 100\u00a0%");
    }

    [Fact]
    public async Task Detection_Thresholds_ChangeWhatIsShown()
    {
        await using var page = await OpenAsync("detection");
        var before = await page.BoxesAsync();
        await page.MoveAsync("score", 0.05);
        var unsure = await page.BoxesAsync();
        await page.MoveAsync("overlap", 0.95);
        var repeated = await page.BoxesAsync();
        await page.MoveAsync("score", 0.99);

        before.Length.Should().BeGreaterThan(Truths.Length);
        unsure.Length.Should().BeGreaterThan(before.Length);
        repeated.Length.Should().BeGreaterThan(unsure.Length);
        (await page.StatusAsync()).Should().Contain("of 5 objects found");
    }

    [Fact]
    public async Task Suppression_Steps_JudgeBoxAfterBox()
    {
        await using var page = await OpenAsync("suppression");
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
        await using var page = await OpenAsync("suppression");
        var now = await page.Page.EvalOnSelectorAsync<string>("select[name=class]", "list => list.value");
        await page.ChooseAsync("class", now == "0" ? "1" : "0");

        (await page.StatusAsync()).Should().MatchRegex("^(\\d+) of \\1 box");
    }

    [Theory]
    [InlineData("all", 2)]
    [InlineData("2", 0.5)]
    public async Task Coverage_OtherScales_CoverOtherObjects(string map, double factor)
    {
        await using var page = await OpenAsync("coverage");
        await page.ChooseAsync("map", map);
        await page.MoveAsync("factor", factor);

        double Change(int k) => map == "all" || map == $"{k}" ? factor : 1;
        var changed = new DefaultBoxes([.. Scenes.Small.Maps.Select((m, k) => m with { Scale = m.Scale * Change(k), NextScale = m.NextScale * Change(k + 1) })], 96);
        var corners = Samples.SelectMany(s => s.Truths).Select(t => t.Box.Scale(1 / 96.0, 1 / 96.0)).ToList();
        corners.Should().HaveCountLessThanOrEqualTo(1000);
        var covered = corners.Count(truth => changed.Any(box => box.On(1, 1).Overlap(truth) >= 0.5));
        (await page.StatusAsync()).Should().StartWith($"{covered} of {corners.Count} objects are covered");
    }

    [Fact]
    public async Task Detections_AnotherPicture_IsShownAsAlone()
    {
        await using var page = await OpenAsync("detections");
        var first = await page.Page.GetAttributeAsync("svg image", "href");
        await page.MoveAsync("picture", 2);
        await page.MoveAsync("score", 0.3);
        await using var alone = await FigurePage.OpenAsync(
            await browser.OpenAsync(), DetectionExplorer.Of(Scenes.Small, [Predicted(1)], new(0.3, Overlap: 0.45), "the second picture"));

        (await page.BoxesAsync()).Should().BeEquivalentTo(await alone.BoxesAsync()).And.NotBeEmpty();
        (await page.StatusAsync()).Should().Be(await alone.StatusAsync());
        (await page.Page.GetAttributeAsync("svg image", "href")).Should().Be(await alone.Page.GetAttributeAsync("svg image", "href")).And.NotBe(first);
        await page.MoveAsync("picture", 1);
        (await page.Page.GetAttributeAsync("svg image", "href")).Should().Be(first);
    }

    [Fact]
    public async Task Network_EachPart_IsToldAndLit()
    {
        await using var page = await OpenAsync("network");
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
        await using var page = await OpenAsync("network");
        await page.Page.Locator("[data-part='6'] rect").First.ClickAsync();

        (await page.StatusAsync()).Should().StartWith("conv7: pool5, which keeps the size, then conv6, 3 x 3 with dilation 6, and conv7, 1 x 1. It has 1024 channels of 19 x 19.")
            .And.EndWith("With this map there are 7942 default boxes.");
    }

    [Fact]
    public async Task Coverage_Bars_AreAllObjects()
    {
        var figure = Figures["coverage"].Value;
        await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
        await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);
        const string Bars = "[...document.querySelectorAll('.singleshot-bar')].map(bar => ['x', 'y', 'width', 'height'].map(key => Math.round(bar.getAttribute(key))).join(' '))";

        (await still.Page.EvaluateAsync<string[]>(Bars)).Should().Equal(await alive.Page.EvaluateAsync<string[]>(Bars)).And.HaveCountGreaterThan(10);
    }

    [Fact]
    public async Task AveragePrecision_WordsTableAndPlot_AreWhatStoodBeforeTheScript()
    {
        var figure = Figures["average-precision"].Value;
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
        await using var page = await OpenAsync("average-precision");
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
        await using var page = await OpenAsync("average-precision");
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

    [Fact]
    public async Task Snapshots_Play_GoesThroughThem()
    {
        await using var page = await OpenAsync("snapshots");
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

    [Fact]
    public async Task Film_Play_ShowsFrameAfterFrame_AtItsSpeed()
    {
        await using var page = await OpenAsync("film");
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

    [Fact]
    public async Task Slider_ByKeyboard_Moves()
    {
        await using var page = await OpenAsync("matching");
        await page.Page.FocusAsync("input[name=threshold]");
        await page.Page.Keyboard.PressAsync("ArrowRight");

        (await page.Page.GetAttributeAsync("input[name=threshold]", "aria-valuetext")).Should().Be("0.51");
        (await page.Page.InnerTextAsync(".singleshot-control span")).Should().Be("0.51");
    }

    [Fact]
    public async Task Explorers_InOnePage_PlayEachAlone()
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), Pictures.Gallery([Figures["matching"].Value, Figures["matching"].Value, Figures["snapshots"].Value], 1));
        await page.MoveAsync("threshold", 0.95); // the first of them

        (await page.Page.Locator("[role=status]").AllInnerTextsAsync()).Should().OnlyHaveUniqueItems().And.HaveCount(3);
    }

    /// <summary>The bytes that a figure is in a file.</summary>
    private static int Weight(Figure figure) => Encoding.UTF8.GetByteCount(figure.ToHtml());

    private async Task<FigurePage> OpenAsync(string name) => await FigurePage.OpenAsync(await browser.OpenAsync(), Figures[name].Value);

    private static PredictedPicture Predicted(int seed)
    {
        var truths = Scenes.Objects(seed, 3, 300, 300);
        var (offsets, scores) = Scenes.Predictions(Scenes.Small, truths, 300, 300, seed);
        return new PredictedPicture(seed % 2 == 0 ? Scenes.Picture(300, 300) : RgbImage.Create(300, 300, pixels => pixels.Fill(90)), offsets, scores, truths);
    }

    private static Tensor Scores(int seed) => Scenes.Predictions(Scenes.Ssd300, Truths, 300, 300, seed).Scores;
}
