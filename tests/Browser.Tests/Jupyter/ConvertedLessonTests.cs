using AwesomeAssertions;
using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>A lesson that nbconvert has run and made a page of, opened from the disk without a network.</summary>
[Trait("Needs", "jupyter")]
public sealed class ConvertedLessonTests(Browser browser, JupyterServer server)
{
    [Theory]
    [InlineData("01-default-boxes")]
    [InlineData("02-matching")]
    public async Task Page_ShowsItsPicturesAndCharts_AndItsExplorersAreAwake(string lesson)
    {
        var address = await server.ConvertAsync($"notebooks/{lesson}.ipynb");
        var page = await browser.OpenAsync();
        await page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });

        await page.WaitForFunctionAsync("() => document.querySelector('[data-singleshot-chart]') && ![...document.querySelectorAll('[data-singleshot-chart]')].some(chart => !chart.querySelector('.main-svg .xtick'))");
        (await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('[data-singleshot-explorer]')].every(explorer => explorer.hasAttribute('data-awake'))")).Should().BeTrue();
        (await page.Locator("svg").CountAsync()).Should().BePositive();
        (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.jp-OutputArea-output svg')].filter(svg => svg.getBoundingClientRect().right > innerWidth).map(svg => svg.outerHTML.slice(0, 100))"))
            .Should().BeEmpty("no picture is cut off at the window's edge");
        await Screenshots.TakeScrolledAsync(page, $"nbconvert-{lesson}", "body");
        await page.Context.CloseAsync();
    }
}
