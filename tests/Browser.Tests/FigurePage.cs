using AwesomeAssertions;
using Microsoft.Playwright;
using SingleShot.Figures.Drawing;

namespace Browser.Tests;

/// <summary>A figure saved as a page, and opened from the disk with no network; whatever the browser complains of fails the test.</summary>
internal sealed class FigurePage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly List<string> _messages = [];
    private string? _expected;

    private FigurePage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _messages.Add(error);
    }

    public IPage Page { get; }

    /// <param name="page">An empty page.</param>
    /// <param name="figure">What to show in it.</param>
    /// <param name="expected">Words of messages that the browser is to have; none if null.</param>
    public static async Task<FigurePage> OpenAsync(IPage page, Figure figure, string? expected = null)
    {
        var opened = new FigurePage(page) { _expected = expected };
        var path = Path.Combine(opened._folder.FullName, "figure.html");
        figure.SavePage(path);
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return opened;
    }

    /// <summary>Moves a slider as a hand does.</summary>
    public Task MoveAsync(string slider, double value) => Page.EvalOnSelectorAsync(
        $"input[name={slider}]", "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value);

    public Task ChooseAsync(string list, string value) => Page.SelectOptionAsync($"select[name={list}]", value);

    /// <summary>The words below the controls.</summary>
    public Task<string> StatusAsync() => Page.InnerTextAsync("[role=status]");

    /// <summary>Each box that is drawn: its place, color, width of line and dash.</summary>
    public Task<string[]> BoxesAsync() => Page.EvaluateAsync<string[]>(
        """
        [...document.querySelectorAll(".singleshot-box")].filter(box => getComputedStyle(box.parentNode).display !== "none").map(box =>
          ["x", "y", "width", "height"].map(key => Number(box.getAttribute(key)).toFixed(1)).concat(
            ["stroke", "stroke-width", "stroke-dasharray"].map(key => box.getAttribute(key))).join(" "))
        """);

    /// <summary>What shows while the mouse rests on each box.</summary>
    public Task<string[]> HoversAsync() => Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.singleshot-box title')].map(title => title.textContent)");

    /// <summary>Text of a table's row, its cells joined by blanks.</summary>
    public Task<string> RowAsync(int row) => Page.EvalOnSelectorAllAsync<string>("tbody tr", "(rows, row) => [...rows[row].cells].map(cell => cell.textContent).join(' ')", row);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        _folder.Delete(recursive: true);
        _messages.Where(message => _expected is null || !message.Contains(_expected, StringComparison.Ordinal)).Should().BeEmpty();
    }
}
