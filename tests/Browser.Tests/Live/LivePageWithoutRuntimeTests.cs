using AwesomeAssertions;
using Xunit;

namespace Browser.Tests.Live;

/// <summary>The live detector in a book that was made without npm.</summary>
[Trait("Needs", "chromium")]
public sealed class LivePageWithoutRuntimeTests(Browser browser, LiveBook book)
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(800, true)]
    public async Task Page_SaysHowToGetTheRuntime_AndOffersNothingElse(int width, bool dark)
    {
        await using var live = await LivePage.OpenAsync(await browser.OpenAsync(width: width, dark: dark), book.Copy($"without-runtime-{width}", withRuntime: false));
        await Screenshots.TakeAsync(live.Page, $"live-without-runtime-{width}", fullPage: true);

        (await live.Page.InnerTextAsync("[data-live=missing]")).Should().Contain("npm install --prefix notebooks/live");
        (await live.Page.Locator("main button, main input").EvaluateAllAsync<bool>("all => all.some(one => one.checkVisibility())")).Should().BeFalse();
        (await live.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
    }
}
