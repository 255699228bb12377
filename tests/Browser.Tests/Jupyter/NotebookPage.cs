using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests.Jupyter;

/// <summary>A notebook open in Jupyter's classic page, used as a reader uses it: by menus, buttons and keys.</summary>
internal sealed class NotebookPage : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    private NotebookPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            var text = $"{message.Text} ({message.Location})";
            if (message.Type == "error" && !text.Contains("about:blank", StringComparison.Ordinal)) // MathJax's own empty font, in any notebook with a formula
            {
                _errors.Add(text);
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser has complained of.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<NotebookPage> OpenAsync(IPage page, Uri address)
    {
        var notebook = new NotebookPage(page);
        await page.GotoAsync(address.AbsoluteUri);
        await notebook.WaitUntilIdleAsync();
        return notebook;
    }

    /// <summary>The cell whose code has the text.</summary>
    public async Task<NotebookPageCell> CellAsync(string text)
    {
        var index = await Page.EvaluateAsync<int>("text => Jupyter.notebook.get_cells().findIndex(cell => cell.get_text().includes(text))", text);
        return index >= 0 ? new NotebookPageCell(this, Page.Locator("#notebook-container > .cell").Nth(index), index)
            : throw new ArgumentException($"No cell has the text '{text}'.", nameof(text));
    }

    public Task WaitUntilIdleAsync() => WaitAsync("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected() && document.querySelector('#kernel_indicator_icon.kernel_idle_icon') && !Jupyter.notebook.get_cells().some(cell => cell.input_prompt_number === '*')");

    /// <summary>Waits until an expression of the page holds.</summary>
    public Task WaitAsync(string expression, object? argument = null) => Page.WaitForFunctionAsync($"argument => {expression}", argument);

    /// <summary>Trusts the notebook by the menu: only then Jupyter runs the scripts of outputs that it did not see made.</summary>
    public async Task TrustAsync()
    {
        if (await Page.EvaluateAsync<bool>("Jupyter.notebook.trusted"))
        {
            return; // Jupyter keeps in mind what it was told of these outputs
        }

        await Page.EvaluateAsync("window.untrusted = true");
        await Page.ClickAsync("#filelink");
        await Page.ClickAsync("#trust_notebook a");
        await Page.Locator(".modal-dialog .btn-danger").First.DispatchEventAsync("click"); // Jupyter may ask twice, one question above the other
        await WaitAsync("!window.untrusted"); // the page is loaded anew
        await WaitUntilIdleAsync();
    }

    public async Task RunAllAsync()
    {
        await Page.ClickAsync("#celllink");
        await Page.ClickAsync("#run_all_cells a");
    }

    /// <summary>Presses the stop button.</summary>
    public Task InterruptAsync() => Page.ClickAsync("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");

    /// <summary>Restarts the kernel by the menu, says yes to the question, and waits for the new one.</summary>
    public async Task RestartAsync()
    {
        await Page.EvaluateAsync("() => { window.restarted = false; Jupyter.notebook.events.one('kernel_ready.Kernel', () => window.restarted = true); }");
        await Page.ClickAsync("#kernellink");
        await Page.ClickAsync("#restart_kernel a");
        await Page.ClickAsync(".modal-dialog .btn-danger");
        await WaitAsync("window.restarted");
        await WaitUntilIdleAsync();
    }

    /// <summary>Adds a cell below all others and runs it.</summary>
    public async Task<NotebookPageCell> RunNewCellAsync(string code)
    {
        var index = await Page.EvaluateAsync<int>("code => { const cell = Jupyter.notebook.insert_cell_at_bottom('code'); cell.set_text(code); return Jupyter.notebook.find_cell_index(cell); }", code);
        var cell = new NotebookPageCell(this, Page.Locator("#notebook-container > .cell").Nth(index), index);
        await cell.RunAsync();
        return cell;
    }

    public Task PictureAsync(string name) => Screenshots.TakeAsync(Page, name);

    public async ValueTask DisposeAsync()
    {
        // The server keeps a notebook's kernel until it is told otherwise.
        await Page.EvaluateAsync("() => new Promise(done => Jupyter.notebook.session.delete(done, done))");
        await Page.Context.CloseAsync();
    }

    /// <summary>What the page holds of a cell, by an expression over <c>cell</c>.</summary>
    public async Task<T> OfAsync<T>(int cell, string expression) => JsonSerializer.Deserialize<T>(await Page.EvaluateAsync<string>(
        $"index => {{ const cell = Jupyter.notebook.get_cell(index); return JSON.stringify({expression}); }}", cell))!;
}
