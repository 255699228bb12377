using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests.JupyterLab;

/// <summary>A notebook open in JupyterLab, used as a reader uses it: by menus, buttons and keys.</summary>
internal sealed class LabPage : IAsyncDisposable
{
    private const string Notebook = "window.jupyterapp?.shell?.currentWidget";

    private readonly List<string> _errors = [];

    private LabPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            // Debian's server is older than this page and lacks services that a lesson does not need; JupyterLab says so once.
            if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal))
            {
                _errors.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser has complained of.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<LabPage> OpenAsync(IPage page, Uri address)
    {
        var notebook = new LabPage(page);
        await page.GotoAsync(address.AbsoluteUri);
        await notebook.WaitUntilIdleAsync();
        return notebook;
    }

    /// <summary>Waits until an expression of the page holds, over <c>notebook</c>, its panel, and <c>argument</c>.</summary>
    public Task WaitAsync(string expression, object? argument = null) =>
        Page.WaitForFunctionAsync($"argument => {{ const notebook = {Notebook}; return notebook?.content?.widgets && ({expression}); }}", argument);

    /// <summary>Whether such an expression comes to hold within a number of the page's frames.</summary>
    public Task<bool> HoldsWithinAsync(int frames, string expression, object? argument = null) => Page.EvaluateAsync<bool>(
        $"argument => new Promise(done => {{ let left = {frames}; (function look() {{ const notebook = {Notebook}; if ({expression}) done(true); else if (--left < 0) done(false); else requestAnimationFrame(look); }})(); }})",
        argument);

    /// <summary>What an expression over <c>notebook</c>, its panel, and <c>argument</c> yields.</summary>
    public async Task<T> OfAsync<T>(string expression, object? argument = null) => JsonSerializer.Deserialize<T>(
        await Page.EvaluateAsync<string>($"argument => {{ const notebook = {Notebook}; return JSON.stringify({expression}); }}", argument))!;

    /// <summary>Waits until the kernel is there and no cell runs or waits.</summary>
    public Task WaitUntilIdleAsync() => WaitAsync(
        "notebook.sessionContext.session?.kernel?.status === 'idle' && notebook.content.widgets.every(cell => cell.model.type !== 'code' || cell.model.executionState === 'idle')");

    /// <summary>The cell whose code has the text.</summary>
    public async Task<LabCell> CellAsync(string text)
    {
        var index = await OfAsync<int>("notebook.content.widgets.findIndex(cell => cell.model.sharedModel.source.includes(argument))", text);
        return index >= 0 ? new LabCell(this, index) : throw new ArgumentException($"No cell has '{text}'.", nameof(text));
    }

    /// <summary>Chooses from the menus.</summary>
    public async Task ChooseAsync(string menu, string item)
    {
        await Page.Locator(".lm-MenuBar-itemLabel", new() { HasTextString = menu }).First.ClickAsync();
        await Page.Locator(".lm-Menu-itemLabel", new() { HasTextString = item }).First.ClickAsync();
    }

    public async Task RunAllAsync()
    {
        await ChooseAsync("Run", "Run All Cells");
        // A short run can be over before a busy page is asked for the first time.
        await WaitAsync("notebook.content.widgets.some(cell => cell.model.executionState === 'running' || cell.model.executionCount)");
    }

    /// <summary>Presses the stop button.</summary>
    public Task InterruptAsync() => Page.ClickAsync("[data-jp-item-name='interrupt']");

    /// <summary>Restarts the kernel by the button, says yes to the question, and waits for the new one.</summary>
    public async Task RestartAsync()
    {
        await Page.EvaluateAsync($"() => {{ window.restarted = false; {Notebook}.sessionContext.statusChanged.connect((_, status) => {{ window.restarted ||= status === 'restarting' || status === 'autorestarting'; }}); }}");
        await Page.ClickAsync("[data-jp-item-name='restart']");
        await Page.ClickAsync(".jp-Dialog .jp-mod-accept");
        await WaitAsync("window.restarted");
        await WaitUntilIdleAsync();
    }

    /// <summary>Adds a cell below all others and runs it to its end.</summary>
    public async Task<LabCell> RunNewCellAsync(string code)
    {
        var index = await OfAsync<int>("(notebook.content.activeCellIndex = notebook.content.widgets.length - 1, notebook.content.model.sharedModel.addCell({ cell_type: 'code', source: argument }), notebook.content.widgets.length - 1)", code);
        var cell = new LabCell(this, index);
        await cell.RunAsync();
        await cell.WaitForEndAsync();
        return cell;
    }

    /// <summary>Takes pictures of the whole notebook, from its top, a window at a time.</summary>
    public async Task LookAsync(string name)
    {
        var last = -1.0;
        for (var number = 0; ; number++)
        {
            var top = await OfAsync<double>("(scroller => (scroller.scrollTop = argument * scroller.clientHeight * 0.95, scroller.scrollTop))(notebook.content.outerNode ?? notebook.content.node)", number);
            if (top <= last || !Screenshots.Wanted)
            {
                return;
            }

            last = top;
            await Page.WaitForFunctionAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
            await PictureAsync($"{name}-{number:00}");
        }
    }

    public Task PictureAsync(string name) => Screenshots.TakeAsync(Page, $"jupyterlab-{name}");

    public async ValueTask DisposeAsync()
    {
        // The server keeps a notebook's kernel until it is told otherwise.
        await Page.EvaluateAsync($"() => {Notebook}?.sessionContext?.shutdown()");
        await Page.Context.CloseAsync();
    }
}
