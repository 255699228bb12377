using System.Text;
using AwesomeAssertions;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using Xunit;

namespace Browser.Tests;

/// <summary>What holds of every explorer, in a browser without a network: before a script runs, in any window and theme, by mouse and by keyboard.</summary>
[Trait("Needs", "chromium")]
public sealed class ExplorerTests(Browser browser)
{
    public static TheoryData<string> Names => [.. ExplorerFigures.Names];

    public static MatrixTheoryData<string, int, bool> Windows => new(ExplorerFigures.Names, [1280, 800], [false, true]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Explorer_WithoutScript_ShowsWhatTheScriptDrawsFirst(string name)
    {
        var figure = ExplorerFigures.Of(name);
        await using var still = await FigurePage.OpenAsync(await browser.OpenAsync(script: false), figure);
        await using var alive = await FigurePage.OpenAsync(await browser.OpenAsync(), figure);

        (await still.Page.IsVisibleAsync("input, select")).Should().BeFalse("a control that does nothing is worse than none");
        (await alive.Page.IsVisibleAsync("input, select")).Should().BeTrue();
        (await still.StatusAsync()).Should().NotBeEmpty();
        (await still.BoxesAsync()).Should().BeEquivalentTo(await alive.BoxesAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explorer_OfAnyModel_WeighsLessThanAMegabyte(string name) => Weight(ExplorerFigures.Of(name)).Should().BeLessThan(1_000_000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Explorer_EachOfItsControls_ChangesWhatIsShown(string name)
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), ExplorerFigures.Of(name));

        (await MovedControl.AllOfAsync(page.Page)).Should().NotBeEmpty().And.AllSatisfy(control => control.Looks.Should().Be(control.Choices, $"every choice of {control.Name} looks different"));
    }

    [Fact]
    public async Task Figure_Of8732BoxesAnd200Matches_WeighsLessThanAMegabyte_AndOpens()
    {
        var matching = Explore.Matching(Scenes.Picture(300, 300), ExplorerFigures.Truths, Scenes.Ssd300, threshold: 0.3);
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
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(dark: scheme == "light"), ExplorerFigures.Of("matching"));
        await page.Page.EvaluateAsync(theme);
        await page.Page.EvaluateAsync("document.body.style.color = 'rgb(1, 2, 3)'");

        (await page.Page.EvalOnSelectorAsync<string>("input", "control => getComputedStyle(control).colorScheme")).Should().Be(scheme);
        (await page.Page.EvalOnSelectorAsync<string>("[role=status]", "text => getComputedStyle(text).color")).Should().Be("rgb(1, 2, 3)", "text has the page's ink");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Explorer_InAnyWindow_FitsIt(string name, int width, bool dark)
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(width: width, dark: dark), ExplorerFigures.Of(name));

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
            await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(dark: dark), ExplorerFigures.Of(name));
            await page.Page.AddScriptTagAsync(new() { Path = axe });
            var faults = await page.Page.EvaluateAsync<string[]>(
                "async () => (await axe.run('figure')).violations.map(v => `${v.impact} ${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)");
            faults.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Slider_ByKeyboard_Moves()
    {
        await using var page = await ExplorerFigures.OpenAsync(browser, "matching");
        await page.Page.FocusAsync("input[name=threshold]");
        await page.Page.Keyboard.PressAsync("ArrowRight");

        (await page.Page.GetAttributeAsync("input[name=threshold]", "aria-valuetext")).Should().Be("0.51");
        (await page.Page.InnerTextAsync(".singleshot-control span")).Should().Be("0.51");
    }

    [Fact]
    public async Task Explorers_InOnePage_PlayEachAlone()
    {
        await using var page = await FigurePage.OpenAsync(await browser.OpenAsync(), Pictures.Gallery([ExplorerFigures.Of("matching"), ExplorerFigures.Of("matching"), ExplorerFigures.Of("snapshots")], 1));
        await page.MoveAsync("threshold", 0.95); // the first of them

        (await page.Page.Locator("[role=status]").AllInnerTextsAsync()).Should().OnlyHaveUniqueItems().And.HaveCount(3);
    }

    /// <summary>The bytes that a figure is in a file.</summary>
    private static int Weight(Figure figure) => Encoding.UTF8.GetByteCount(figure.ToHtml());
}
