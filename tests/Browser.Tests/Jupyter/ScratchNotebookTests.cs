using AwesomeAssertions;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>What a page shows while somebody writes and runs cells of their own.</summary>
[Trait("Needs", "jupyter")]
public sealed class ScratchNotebookTests(Browser browser, JupyterServer server)
{
    [Fact]
    public async Task Tab_ShowsWhatMayFollow_AndPutsTheChosenIn()
    {
        await using var notebook = await OpenAsync("completion", "var numbers = new List<int> { 3, 1, 2 };", "numbers.Fin");
        await (await notebook.CellAsync("var numbers")).RunToEndAsync();
        await (await notebook.CellAsync("numbers.Fin")).EditAsync();
        await notebook.Page.Keyboard.PressAsync("Tab");

        var list = notebook.Page.Locator("#complete select");
        await list.WaitForAsync();
        (await list.Locator("option").AllInnerTextsAsync()).Select(text => text.Trim()).Should().Contain(["Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex"]);
        await notebook.PictureAsync("scratch-completion");
        await list.SelectOptionAsync("FindAll");
        await notebook.Page.Keyboard.PressAsync("Enter");
        await (await notebook.CellAsync("numbers.Fin")).WaitAsync("cell.get_text() === 'numbers.FindAll'");
    }

    [Fact]
    public async Task ShiftTab_ShowsTheSignatureAndTheDocumentation()
    {
        await using var notebook = await OpenAsync("hover", "Console.WriteLine");
        await (await notebook.CellAsync("Console.WriteLine")).EditAsync();
        await notebook.Page.Keyboard.PressAsync("Shift+Tab");

        var tooltip = notebook.Page.Locator("#tooltip .tooltiptext");
        await tooltip.WaitForAsync();
        (await tooltip.InnerTextAsync()).Should().Contain("void Console.WriteLine").And.Contain("line terminator");
        await notebook.PictureAsync("scratch-tooltip");
    }

    [Fact]
    public async Task ReadLine_AsksInTheCell_AndTheAnswerReachesTheCode()
    {
        await using var notebook = await OpenAsync("input", "Console.Write(\"Your name? \");\nvar name = Console.ReadLine();\nConsole.WriteLine($\"Good day, {name}.\");");
        var cell = await notebook.CellAsync("Your name?");
        await cell.RunAsync();
        var input = cell.Element.Locator("input.raw_input");
        await input.WaitForAsync();
        await notebook.PictureAsync("scratch-input");
        await input.FillAsync("Ada");
        await input.PressAsync("Enter");
        await cell.WaitForEndAsync();
        await notebook.PictureAsync("scratch-answered");
        (await cell.TextAsync()).Trim().Should().Be("Your name? Ada\nGood day, Ada.");
    }

    [Fact]
    public async Task Display_IsUpdatedInItsPlace()
    {
        await using var notebook = await OpenAsync("update", "var shown = display(\"under way\");\nConsole.WriteLine(\"below\");\nConsole.ReadLine();\nshown.Update(\"finished\");");
        var cell = await notebook.CellAsync("under way");
        await cell.RunAsync();
        await cell.Element.Locator("input.raw_input").WaitForAsync();
        (await cell.TextAsync()).Should().MatchRegex("(?s)under way.*below");
        await notebook.PictureAsync("scratch-before-update");
        await cell.Element.Locator("input.raw_input").PressAsync("Enter");
        await cell.WaitForEndAsync();
        await notebook.PictureAsync("scratch-updated");
        (await cell.TextAsync()).Should().MatchRegex("(?s)finished.*below").And.NotContain("under way");
        (await cell.OutputKindsAsync())[0].Should().Be("display_data");
    }

    [Fact]
    public async Task ValuesAndErrors_AreLegible()
    {
        await using var notebook = await OpenAsync(
            "values", "new[] { new { Name = \"first\", Size = 3 }, new { Name = \"second\", Size = 40 } }",
            "new Dictionary<string, double[]> { [\"a\"] = [1, 2.5], [\"b\"] = [] }",
            "var x = 1;\nvar y = x +;", "void Check(int count)\n{\n    if (count == 0) { throw new InvalidOperationException(\"The batch is empty.\"); }\n}\nCheck(0);");
        foreach (var text in new[] { "first", "Dictionary", "x +;", "The batch" })
        {
            await (await notebook.CellAsync(text)).RunToEndAsync();
        }

        await notebook.PictureAsync("scratch-values");
        (await (await notebook.CellAsync("x +;")).TextAsync()).Should().Contain("CS1525").And.Contain("var y = x +;");
        (await (await notebook.CellAsync("The batch")).TextAsync()).Should().Contain("InvalidOperationException").And.Contain("The batch is empty.");
        (await notebook.Page.Locator(".output_error .ansi-red-fg").AllInnerTextsAsync()).Should().HaveCount(2, "each error is told in red");
    }

    [Fact]
    public async Task WideTables_ScrollInTheirOwnBoxes()
    {
        await using var notebook = await OpenAsync("wide", WideTables.Cells);
        await notebook.Page.SetViewportSizeAsync(WideTables.Window, 900);
        foreach (var text in new[] { "named", "#!whos", "as a table", "Help" })
        {
            await (await notebook.CellAsync(text)).RunToEndAsync();
        }

        await WideTables.ShouldScrollAsync(notebook.Page.Locator(WideTables.Boxes));
        await Screenshots.TakeScrolledAsync(notebook.Page, "scratch-wide-tables", "#site");
    }

    private Task<NotebookPage> OpenAsync(string name, params string[] cells) => server.OpenAsync(browser, server.Write(name, cells));
}
