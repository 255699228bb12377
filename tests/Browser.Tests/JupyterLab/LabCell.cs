using System.Diagnostics;
using AwesomeAssertions;
using Browser.Tests.Jupyter;
using Microsoft.Playwright;

namespace Browser.Tests.JupyterLab;

/// <summary>A cell of a notebook that is open in JupyterLab, by its place.</summary>
internal sealed class LabCell(LabPage notebook, int index)
{
    private const string LastStep = "(chart => chart?.calcdata ? Math.max(...chart.calcdata.flat().map(point => point.x)) : -1)(cell.node.querySelector('[data-singleshot-chart][data-drawn]'))";

    private const string DrawnRange = "(chart => chart?._fullLayout && chart.querySelector('.main-svg .xtick') ? chart._fullLayout.xaxis.range.map(String) : null)(cell.node.querySelector('[data-singleshot-chart][data-drawn]'))";

    private string This => $"notebook.content.widgets[{index}]";

    /// <summary>The cell as the page shows it; cells far from the window are not in the page.</summary>
    public ILocator Element => notebook.Page.Locator($".jp-Notebook-cell[data-windowed-list-index='{index}']");

    public ILocator Output => Element.Locator(".jp-OutputArea").First;

    /// <summary>Brings the cell to where it can be seen: its first lines, or its last.</summary>
    public async Task ShowAsync(bool last = false)
    {
        await notebook.OfAsync<bool>($"(notebook.content.scrollToItem({index}, '{(last ? "end" : "start")}'), true)");
        await Element.WaitForAsync();
        await Element.EvaluateAsync("(element, last) => element.scrollIntoView({ block: last ? 'end' : 'start' })", last);
    }

    /// <summary>Puts the cursor at the end of the code.</summary>
    public async Task EditAsync()
    {
        await ShowAsync();
        await Element.Locator(".cm-content").ClickAsync();
        await notebook.Page.Keyboard.PressAsync("Control+End");
    }

    /// <summary>Clicks into the code and presses Ctrl+Enter.</summary>
    public async Task RunAsync()
    {
        await EditAsync();
        await notebook.Page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>Runs the cell and waits for its end.</summary>
    public async Task RunToEndAsync()
    {
        await RunAsync();
        await WaitForEndAsync();
    }

    public Task WaitForEndAsync() => WaitAsync("cell.model.executionState === 'idle' && cell.model.executionCount");

    /// <summary>Waits until an expression over <c>cell</c> holds.</summary>
    public Task WaitAsync(string expression, object? argument = null) => notebook.WaitAsync($"(cell => {expression})({This})", argument);

    /// <summary>What an expression over <c>cell</c> yields.</summary>
    public Task<T> OfAsync<T>(string expression) => notebook.OfAsync<T>($"(cell => {expression})({This})");

    /// <summary>
    /// Draws a rectangle over the middle of the cell's first chart, which zooms in on it, and draws it again where the chart has not changed: on
    /// a busy machine the page is still being laid out, and the chart moves away from under the mouse.
    /// </summary>
    public async Task ZoomChartAsync()
    {
        var plot = Output.Locator("[data-singleshot-chart][data-drawn] .nsewdrag").First;
        await WaitAsync(DrawnRange);
        var before = await OfAsync<string[]>(DrawnRange);
        var began = Stopwatch.StartNew();
        do
        {
            began.Elapsed.Should().BeLessThan(LastResort.Limit, "a rectangle drawn over a chart zooms in");
            await plot.HoverAsync(); // waits until it stands still
            await ChartZoom.DrawAsync(notebook.Page, (await plot.BoundingBoxAsync())!);
        }
        while (!await notebook.HoldsWithinAsync(frames: 60, $"(cell => {DrawnRange}?.join() !== argument)({This})", string.Join(',', before)));
    }

    /// <summary>The last step that the cell's chart of the loss shows; -1 before there is one.</summary>
    public Task<int> LastStepAsync() => OfAsync<int>(LastStep);

    public Task WaitForStepAfterAsync(int step) => WaitAsync($"{LastStep} > argument", step);

    /// <summary>The output's text.</summary>
    public Task<string> TextAsync() => notebook.OfAsync<string>($"{This}.outputArea.node.innerText");

    /// <summary>The number beside the cell; 0 where it has not run to its end.</summary>
    public Task<int> NumberAsync() => notebook.OfAsync<int>($"({This}.model.executionCount ?? 0)");
}
