using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests.VsCode;

/// <summary>A notebook open in VS Code, used as a reader uses it. Outputs are in a frame of their own, once their cell has been in the window.</summary>
internal sealed class CodePage(IPage page) : IAsyncDisposable
{
    // The bar above the notebook has the one while nothing runs, and the other meanwhile.
    private const string RunAll = ".notebook-toolbar-container [aria-label='Run All']";
    private const string Stop = ".notebook-toolbar-container [aria-label^='Stop Execution']";
    private const string GoTo = ".notebook-toolbar-container li:has-text('Go To')"; // the cell that runs, or else the one that failed
    private const string Restart = ".notebook-toolbar-container [aria-label='Restart']";

    private const string Scrolled = "() => [...document.querySelectorAll('.notebookOverlay .cell-list-container > .monaco-list > .monaco-scrollable-element > .scrollbar.vertical > .slider')].map(bar => bar.style.top + bar.style.transform).join()";

    public IPage Page => page;

    public static async Task<CodePage> OpenAsync(IPage page, Uri address, string path)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await page.Locator(".explorer-folders-view .monaco-list-row").First.WaitForAsync();
        await page.Keyboard.PressAsync("Control+P");
        var search = page.Locator(".quick-input-widget input[type=text]").First;
        await search.FillAsync(path);
        await page.Locator(".quick-input-list .monaco-list-row", new() { HasTextString = Path.GetFileName(path) }).First.ClickAsync();
        await page.Locator(RunAll).WaitForAsync();
        return new CodePage(page);
    }

    /// <summary>Waits until the notebook has the kernel of this name, which the window looks for when it opens.</summary>
    public Task WaitForKernelAsync(string name) => page.Locator(".kernel-label", new() { HasTextString = name }).First.WaitForAsync();

    public async Task RunAllAsync()
    {
        await page.ClickAsync(RunAll);
        await page.Locator(Stop).WaitForAsync();
    }

    public async Task<bool> IsRunningAsync() => await page.Locator(Stop).CountAsync() > 0;

    /// <summary>Presses the stop button.</summary>
    public Task InterruptAsync() => page.ClickAsync(Stop);

    /// <summary>Presses the button that restarts the kernel; cells that are run next wait for it.</summary>
    public Task RestartAsync() => page.ClickAsync(Restart);

    /// <summary>Goes to the cell that has a line of code, and presses its own button.</summary>
    public async Task RunCellAsync(string line)
    {
        var code = page.Locator(".view-line", new() { HasTextString = line });
        var cell = page.Locator(".notebookOverlay .code-cell-row", new() { Has = code });
        Assert.True(await ScrollToAsync(cell.Locator(code)), $"No cell has '{line}'."); // only cells in the window have their code in the page
        await cell.Locator(code).ClickAsync();
        await cell.Locator(".run-button-container [aria-label^='Execute Cell']").ClickAsync(); // by keys it would be the extension Jupyter's Ctrl+Enter
    }

    /// <summary>Goes to the cell that was stopped, and presses Shift+Enter.</summary>
    public async Task RunStoppedCellAsync()
    {
        await page.ClickAsync(GoTo);
        await page.Keyboard.PressAsync("Shift+Enter");
        await page.Locator(Stop).WaitForAsync();
    }

    /// <summary>Waits until no cell runs or waits.</summary>
    public Task WaitUntilIdleAsync() => page.Locator(RunAll).WaitForAsync();

    /// <summary>What is in the outputs that have been in the window.</summary>
    public ILocator Output(string selector) => page.FrameLocator("iframe.webview").FrameLocator("#active-frame").Locator(selector);

    /// <summary>Goes through the notebook from its top until an element of an output stands in the window; to the end where there is none.</summary>
    /// <returns>Whether it was found.</returns>
    public async Task<bool> ScrollToAsync(ILocator element)
    {
        await ScrollToTopAsync();
        return await ScrollOnAsync(element, int.MaxValue);
    }

    /// <summary>Takes pictures of the whole notebook, from its top, where anybody wants to look.</summary>
    public async Task LookAsync(string name)
    {
        if (Screenshots.Wanted)
        {
            await ScrollToTopAsync();
            await ScrollOnAsync(Output("#none"), int.MaxValue, name);
        }
    }

    /// <summary>Waits until the cell that runs has the element in its output, and goes there.</summary>
    public async Task ScrollToRunningAsync(ILocator element)
    {
        do
        {
            await page.ClickAsync(GoTo);
            await page.Locator(".notebookOverlay .monaco-list").First.HoverAsync();
        }
        while (!await ScrollOnAsync(element, 4));
    }

    /// <summary>What an expression over <c>element</c> yields.</summary>
    public static async Task<T> OfAsync<T>(ILocator element, string expression) =>
        JsonSerializer.Deserialize<T>(await element.EvaluateAsync<string>($"element => JSON.stringify({expression})"))!;

    public Task PictureAsync(string name) => Screenshots.TakeAsync(page, $"vscode-{name}");

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();

    private async Task ScrollToTopAsync()
    {
        await page.Locator(".notebookOverlay .monaco-list").First.HoverAsync();
        await page.Mouse.WheelAsync(0, -1_000_000);
    }

    // So many steps down, or to the end.
    private async Task<bool> ScrollOnAsync(ILocator element, int steps, string? pictures = null)
    {
        for (var (number, last, still) = (0, "", 0); number < steps; number++)
        {
            await page.WaitForFunctionAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
            if (await PlaceAsync(element) is { Y: > 100 and < 700 })
            {
                return true;
            }

            if (pictures is not null)
            {
                await PictureAsync($"{pictures}-{number:00}");
            }

            var place = await page.EvaluateAsync<string>(Scrolled);
            still = place == last ? still + 1 : 0;
            if (still == 3) // a busy machine shows a turn of the wheel late
            {
                return false;
            }

            last = place;
            await page.Mouse.WheelAsync(0, 500);
        }

        return false;
    }

    private static async Task<LocatorBoundingBoxResult?> PlaceAsync(ILocator element) => await element.CountAsync() > 0 ? await element.First.BoundingBoxAsync() : null;
}
