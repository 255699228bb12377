using System.Reflection;
using AwesomeAssertions;
using Microsoft.Playwright;
using SingleShot.Figures;
using Xunit;

namespace Browser.Tests;

/// <summary>Each page of a book, opened from the disk without a network: complete, within the window, and usable by everyone.</summary>
[Trait("Needs", "chromium")]
public sealed class BookTests(Browser browser, BookOfEverything everything)
{
    private const string Faults = """
        () => {
          const faults = [];
          const check = (fault, selector, holds) => document.querySelectorAll(selector).forEach(e => holds(e) || faults.push(`${fault}: ${e.outerHTML.slice(0, 160)}`));
          check("is wider than the window", "html", e => e.scrollWidth <= innerWidth);
          check("is not drawn by plotly.js", "[data-singleshot-chart]", e => e.querySelector(".main-svg .xtick"));
          check("is cut off", ".main-svg", e => e.getBoundingClientRect().right <= innerWidth);
          check("is asleep", "[data-singleshot-explorer]", e => "awake" in e.dataset && e.querySelector("svg").getBoundingClientRect().width > 0);
          check("has no picture", "img", e => e.naturalWidth > 0);
          check("scrolls where no key reaches it", "pre, .scroll, .formula, .output", e => e.scrollWidth <= e.clientWidth + 1 || e.matches("[tabindex]") || e.querySelector("[tabindex]"));
          return faults;
        }
        """;

    private const string FaultsByAxe = """
        async () => (await axe.run({ preload: false })).violations.filter(fault => ["serious", "critical"].includes(fault.impact))
          .flatMap(fault => fault.nodes.map(node => `${fault.impact} ${fault.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
        """;

    private static readonly int[] Widths = [1280, 800];

    public static MatrixTheoryData<string, bool> Books => new(["everything", "lessons"], [false, true]);

    [Theory]
    [MemberData(nameof(Books))]
    public async Task Page_InAnyWindow_IsDrawnWhole_AndAsksForNothing(string book, bool dark)
    {
        foreach (var path in Pages(book))
        {
            await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(dark: dark), path);
            foreach (var width in Widths)
            {
                await opened.ResizeAsync(width);
                (await opened.Page.EvaluateAsync<string[]>(Faults)).Should().BeEmpty($"{opened.Name} is {width} wide");
                await opened.ScreenshotAsync($"book-{book}-{width}-{(dark ? "dark" : "light")}");
            }
        }
    }

    [Fact]
    public async Task Lessons_EachSliderAndList_ChangesWhatIsShown()
    {
        var moved = new List<MovedControl>();
        foreach (var path in Pages("lessons"))
        {
            await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), path);
            moved.AddRange((await MovedControl.AllOfAsync(opened.Page)).Select(control => control with { Name = $"{opened.Name}, {control.Name}" }));
        }

        moved.Should().NotBeEmpty().And.AllSatisfy(control => control.Looks.Should().BeGreaterThan(1, $"{control.Name} has {control.Choices} choices"));
    }

    [Theory]
    [MemberData(nameof(Books))]
    [Trait("Needs", "axe")]
    public async Task Page_ByAxe_HasNoSeriousFault(string book, bool dark)
    {
        var axe = Environment.GetEnvironmentVariable("AXE");
        Assert.SkipUnless(File.Exists(axe), "AXE names no file: npm install axe-core, and let AXE be the path of its axe.min.js.");
        foreach (var path in Pages(book))
        {
            await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(dark: dark), path);
            await opened.Page.EvaluateAsync(await File.ReadAllTextAsync(axe!, TestContext.Current.CancellationToken));
            var width = Widths[dark ? 1 : 0]; // axe takes seconds a page: each color and each width once, not each with each
            await opened.ResizeAsync(width);
            (await opened.Page.EvaluateAsync<string[]>(FaultsByAxe)).Should().BeEmpty($"{opened.Name} is {width} wide");
        }
    }

    [Fact]
    public async Task Reader_FollowsContentsLinksAndPages()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), everything.Page("index.html"));
        var page = opened.Page;
        await page.ClickAsync("a[href='01-text.html#formulas']");
        await ArriveAsync(page, "**/01-text.html#formulas");
        await page.WaitForFunctionAsync("(top => 0 <= top && top <= 100)(document.getElementById('formulas').getBoundingClientRect().top)");
        await page.ClickAsync("article a[href^='02']");
        await ArriveAsync(page, "**/02-charts.html#bars");
        await page.ClickAsync("header a[rel=next]");
        await ArriveAsync(page, "**/03-figures.html");
        await page.Keyboard.PressAsync("Tab");
        (await page.InnerTextAsync(":focus")).Should().Be("Skip to the text");
        await page.Keyboard.PressAsync("Enter");
        await ArriveAsync(page, "**/03-figures.html#main");
        (await page.Locator("footer a[rel=prev]").InnerTextAsync()).Should().Contain("Charts");
    }

    [Fact]
    public async Task Formula_OnAMachineWithoutMathematicalFonts_HasBracketsThatGrowAndLargeSums()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), everything.Page("01-text.html"));
        var heights = await opened.Page.EvaluateAsync<double[]>(
            "document.fonts.ready.then(() => ['(', '∑', '{'].map(sign => Math.max(...[...document.querySelectorAll('mo')].filter(o => o.textContent === sign).map(o => o.getBoundingClientRect().height))))");
        heights[0].Should().BeGreaterThan(45, "a line is some 20 pixels high");
        heights[1].Should().BeGreaterThan(20);
        (await opened.Page.EvaluateAsync<double>(
            "document.querySelector('msqrt').getBoundingClientRect().width - document.querySelector('msqrt > *').getBoundingClientRect().width"))
            .Should().BeGreaterThan(5, "a root has its sign");
        heights[2].Should().BeGreaterThan(45);
    }

    [Fact]
    public async Task Line_IsNotBrokenBetweenAFormulaAndThePunctuationAfterIt()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), everything.Page("01-text.html"));
        for (var width = 300; width < 420; width += 3)
        {
            await opened.Page.SetViewportSizeAsync(width, 900);
            (await opened.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("p math")].filter(formula => /^[,.;]/.test(formula.nextSibling?.textContent ?? "")).filter(formula => {
                  const mark = document.createRange();
                  mark.setStart(formula.nextSibling, 0);
                  mark.setEnd(formula.nextSibling, 1);
                  return mark.getBoundingClientRect().left < formula.getBoundingClientRect().left;
                }).map(formula => formula.textContent)
                """)).Should().BeEmpty($"the window is {width} wide");
        }
    }

    [Fact]
    public async Task LongLine_IsScrolledByTheKeyboard()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(width: 800), everything.Page("01-text.html"));
        var line = opened.Page.Locator("pre[aria-label='Code of cell 1']");
        await line.FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        await opened.Page.WaitForFunctionAsync("document.activeElement.scrollLeft > 0");
    }

    [Fact]
    public async Task Explorer_OnAPageWithOthers_AnswersItsOwnSlider()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), everything.Page("03-figures.html"));
        var statuses = "[...document.querySelectorAll('[data-singleshot-explorer] [role=status]')].map(status => status.textContent)";
        var before = await opened.Page.EvaluateAsync<string[]>(statuses);
        await opened.Page.EvalOnSelectorAsync(
            "[data-singleshot-explorer=matching] input[type=range]",
            "slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input', { bubbles: true })); }");

        var after = await opened.Page.EvaluateAsync<string[]>(statuses);
        before.Should().HaveCount(typeof(Explore).GetMethods(BindingFlags.Public | BindingFlags.Static).Length, "the book has every explorer");
        before.Zip(after).Select(pair => pair.First != pair.Second).Should().Equal(before.Select((_, i) => i == 1));
    }

    [Fact]
    public async Task Exercise_ThatTheReaderTicks_StaysDone_AndCountsInTheContents()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(), everything.Page("index.html"));
        var page = opened.Page;
        (await page.InnerTextAsync(".progress .count")).Should().Be("1 of 2 exercises done", "the executed copy shows the second as right");
        (await page.GetAttributeAsync(".abilities li", "data-state")).Should().Be("some");
        await page.GotoAsync(new Uri(everything.Page("01-text.html")).AbsoluteUri);
        (await page.InnerTextAsync("[data-singleshot-exercise='1']")).Should().Contain("not done yet.");
        await page.GetByLabel("Exercise 1 done").CheckAsync();
        (await page.InnerTextAsync("[data-singleshot-exercise='1']")).Should().Contain("done.").And.NotContain("not done");

        await page.ReloadAsync();
        (await page.GetByLabel("Exercise 1 done").IsCheckedAsync()).Should().BeTrue();
        (await page.GetByLabel("Exercise 2 done").CountAsync()).Should().Be(0, "its check has said that it is right");
        await page.GotoAsync(new Uri(everything.Page("index.html")).AbsoluteUri);
        (await page.InnerTextAsync(".progress .count")).Should().Be("All 2 exercises done");
        (await page.GetAttributeAsync(".abilities li", "data-state")).Should().Be("all");
        (await page.Locator(".progress .stars.done").CountAsync()).Should().Be(2);

        await page.GotoAsync(new Uri(everything.Page("01-text.html")).AbsoluteUri);
        await page.GetByLabel("Exercise 1 done").UncheckAsync();
        (await page.InnerTextAsync("[data-singleshot-exercise='1']")).Should().Contain("not done yet.");
    }

    [Fact]
    public async Task PrintedPage_HasNoNavigation_AndCutsNoLineOff()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(width: 800, dark: true), everything.Page("01-text.html"));
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        (await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav, .skip')].filter(e => e.checkVisibility()).map(e => e.outerHTML)")).Should().BeEmpty();
        (await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('pre')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.outerHTML)")).Should().BeEmpty();
        (await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).color")).Should().Be("rgb(0, 0, 0)", "ink costs less than paper painted dark");
        await opened.ScreenshotAsync("book-printed");
    }

    [Fact]
    public async Task PrintedChart_OfADarkScreen_HasDarkLetters()
    {
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(width: 800, dark: true), everything.Page("02-charts.html"));
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        (await opened.Page.EvaluateAsync<string[]>("[...new Set([...document.querySelectorAll('.js-plotly-plot text')].map(text => getComputedStyle(text).fill))]"))
            .Should().Equal("rgb(0, 0, 0)");
        await opened.ScreenshotAsync("book-printed");
    }

    // Not Playwright's own wait for the load of a page: where the load is over before it listens, it waits for ever.
    private static async Task ArriveAsync(IPage page, string address)
    {
        await page.WaitForURLAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    private string[] Pages(string book)
    {
        var folder = book == "everything" ? everything.Folder : Environment.GetEnvironmentVariable("BOOK") ?? Path.Combine(Repository.Root, "out", "book");
        Assert.SkipUnless(Directory.Exists(folder), "There is no book of the lessons: dotnet run --project lib/Workbook -- run notebooks makes it in out/book; BOOK may name another.");
        File.Exists(Path.Combine(folder, "index.html")).Should().BeTrue();
        return [.. Directory.GetFiles(folder, "*.html").Order(StringComparer.Ordinal)];
    }
}
