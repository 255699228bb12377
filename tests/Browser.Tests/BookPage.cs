using AwesomeAssertions;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>A page of a book, its charts drawn; whatever the browser complains of, and whatever it asks of a network, fails the test.</summary>
internal sealed class BookPage : IAsyncDisposable
{
    private readonly List<string> _messages = [];

    private BookPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _messages.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _messages.Add($"asks for {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public string Name => Path.GetFileName(new Uri(Page.Url).LocalPath);

    public static async Task<BookPage> OpenAsync(IPage page, string path)
    {
        var opened = new BookPage(page);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await opened.DrawnAsync();
        return opened;
    }

    /// <summary>Makes the window wider or narrower, and waits for the charts to follow.</summary>
    public async Task ResizeAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await DrawnAsync();
    }

    // Each chart is plotly.js's, and as wide as its place.
    private async Task DrawnAsync() => await Page.WaitForFunctionAsync(
        "[...document.querySelectorAll('[data-singleshot-chart]')].every(chart => Math.abs(chart.querySelector('.main-svg')?.clientWidth - chart.clientWidth) <= 1)");

    public Task ScreenshotAsync(string name) => Screenshots.TakeAsync(Page, $"{name}-{Path.GetFileNameWithoutExtension(Name)}", fullPage: true);

    public async ValueTask DisposeAsync()
    {
        var name = Name;
        await Page.Context.CloseAsync();
        _messages.Should().BeEmpty($"{name} needs nothing and complains of nothing");
    }
}
