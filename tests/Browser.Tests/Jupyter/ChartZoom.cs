using Microsoft.Playwright;

namespace Browser.Tests.Jupyter;

/// <summary>What a reader does with the mouse to see a part of a chart.</summary>
internal static class ChartZoom
{
    /// <summary>Draws a rectangle over the middle of a plot.</summary>
    public static async Task DrawAsync(IPage page, LocatorBoundingBoxResult plot)
    {
        await page.Mouse.MoveAsync(plot.X + (plot.Width * 0.3f), plot.Y + (plot.Height * 0.3f));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(plot.X + (plot.Width * 0.6f), plot.Y + (plot.Height * 0.7f), new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }
}
