using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>Pictures for a person to look at, taken where the environment's SCREENSHOTS names a folder for them.</summary>
internal static class Screenshots
{
    private const int TallestPicture = 8000;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    /// <summary>Whether anybody wants to look.</summary>
    public static bool Wanted => Folder is not null;

    /// <summary>Takes what the window shows, or all of the page.</summary>
    public static async Task TakeAsync(IPage page, string name, bool fullPage = false)
    {
        if (Path(name) is { } path)
        {
            await page.ScreenshotAsync(new() { Path = path, FullPage = fullPage });
        }
    }

    /// <summary>Takes all that an element holds which scrolls inside the page: in a window made as tall as that, piece by piece where no picture is as tall.</summary>
    public static async Task TakeScrolledAsync(IPage page, string name, string element)
    {
        if (Folder is null || page.ViewportSize is not { } window)
        {
            return;
        }

        var height = await page.EvalOnSelectorAsync<int>(element, "e => e.scrollHeight");
        await page.SetViewportSizeAsync(window.Width, Math.Min(height + 200, TallestPicture));
        for (var (top, number) = (0, 0); top < height; number++)
        {
            await page.EvalOnSelectorAsync(element, "(e, top) => { e.scrollTop = top; }", top);
            await TakeAsync(page, number == 0 ? name : $"{name}-{number}");
            top += await page.EvalOnSelectorAsync<int>(element, "e => e.clientHeight");
        }

        await page.SetViewportSizeAsync(window.Width, window.Height);
    }

    private static string? Path(string name)
    {
        if (Folder is null)
        {
            return null;
        }

        Directory.CreateDirectory(Folder);
        return System.IO.Path.Combine(Folder, $"{name}.png");
    }
}
