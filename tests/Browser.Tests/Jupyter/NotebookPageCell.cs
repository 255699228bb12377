using Microsoft.Playwright;

namespace Browser.Tests.Jupyter;

/// <summary>A cell of an open notebook.</summary>
internal sealed class NotebookPageCell(NotebookPage notebook, ILocator element, int index)
{
    // The greatest x of what Plotly has drawn in the first chart of the cell's output; -1 before there is one.
    private const string LastStep = "(chart => chart && chart.calcdata ? Math.max(...chart.calcdata.flat().map(point => point.x)) : -1)(cell.element.find('[data-singleshot-chart][data-drawn]').first()[0])";

    public ILocator Element => element;

    public ILocator Output => element.Locator(".output_wrapper");

    /// <summary>Clicks into the code and presses Ctrl+Enter.</summary>
    public async Task RunAsync()
    {
        await element.Locator(".CodeMirror-line").First.ClickAsync();
        await notebook.Page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>Runs the cell and waits for its end.</summary>
    public async Task RunToEndAsync()
    {
        await RunAsync();
        await WaitForEndAsync();
    }

    /// <summary>Puts the cursor at the end of the code.</summary>
    public async Task EditAsync()
    {
        await element.Locator(".CodeMirror-lines").ClickAsync();
        await notebook.Page.Keyboard.PressAsync("Control+End");
    }

    /// <summary>Selects the cell without editing it.</summary>
    public Task SelectAsync() => notebook.Page.EvaluateAsync("index => { Jupyter.notebook.select(index); Jupyter.notebook.command_mode(); }", index);

    public Task WaitForEndAsync() => WaitAsync("typeof cell.input_prompt_number === 'number'");

    /// <summary>Waits until an expression over <c>cell</c> holds.</summary>
    public Task WaitAsync(string expression, object? argument = null) =>
        notebook.WaitAsync($"(cell => {expression})(Jupyter.notebook.get_cell({index}))", argument);

    /// <summary>Waits until the output's text has the words.</summary>
    public Task WaitForTextAsync(string words) => WaitAsync("cell.output_area.element.text().includes(argument)", words);

    public Task<string> TextAsync() => notebook.OfAsync<string>(index, "cell.output_area.element[0].innerText");

    /// <summary>The kinds of the cell's outputs, in order.</summary>
    public Task<string[]> OutputKindsAsync() => notebook.OfAsync<string[]>(index, "cell.output_area.outputs.map(output => output.output_type)");

    /// <summary>What stands in the brackets beside the cell: a number, or '*' while it runs or waits; empty where it has not run.</summary>
    public Task<string> NumberAsync() => notebook.OfAsync<string>(index, "`${cell.input_prompt_number || ''}`");

    /// <summary>The last step that the cell's chart of the loss shows.</summary>
    public Task<int> LastStepAsync() => notebook.OfAsync<int>(index, LastStep);

    public Task WaitForStepAfterAsync(int step) => WaitAsync($"{LastStep} > argument", step);

    /// <summary>Brings the output's first lines, or its last, to where they can be seen.</summary>
    public Task ShowAsync(bool last = false) => Output.EvaluateAsync("(element, last) => element.scrollIntoView({ block: last ? 'end' : 'start' })", last);
}
