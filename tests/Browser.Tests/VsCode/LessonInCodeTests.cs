using AwesomeAssertions;
using Browser.Tests.Jupyter;
using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests.VsCode;

/// <summary>Lessons in VS Code, from opening to stopping.</summary>
[Trait("Needs", "code-server")]
public sealed class LessonInCodeTests(Browser browser, CodeServer server)
{
    [Fact]
    public async Task MatchingLesson_IsColored_RunsWhole_AndItsChartsAndSlidersMove()
    {
        await using var notebook = await server.OpenAsync(browser, "notebooks/02-matching.ipynb");
        await notebook.WaitForKernelAsync("C# (workbook)");
        // Keywords, names and strings differ in color.
        await notebook.Page.WaitForFunctionAsync("() => new Set([...document.querySelectorAll('.notebookOverlay span[class*=mtk]')].map(one => getComputedStyle(one).color)).size > 3");
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        (await notebook.Page.Locator(".codicon-notebook-state-error").CountAsync()).Should().Be(0);

        var slider = notebook.Output("[data-singleshot-explorer=matching][data-awake] input[type=range]").First;
        var status = notebook.Output("[data-singleshot-explorer=matching][data-awake] [role=status]").First;
        (await notebook.ScrollToAsync(slider)).Should().BeTrue();
        var (said, value) = (await status.InnerTextAsync(), await slider.InputValueAsync());
        var place = (await slider.BoundingBoxAsync())!;
        await notebook.Page.Mouse.ClickAsync(place.X + (place.Width * 0.85f), place.Y + (place.Height / 2));
        (await status.InnerTextAsync()).Should().NotBe(said);
        var moved = await slider.InputValueAsync();
        moved.Should().NotBe(value);
        await notebook.Page.Keyboard.PressAsync("ArrowLeft");
        (await slider.InputValueAsync()).Should().NotBe(moved, "VS Code's keys leave the slider its own");
        await notebook.PictureAsync("02-explorer-moved");

        var chart = notebook.Output("[data-singleshot-chart][data-drawn]").First;
        var plot = chart.Locator(".nsewdrag").First;
        (await notebook.ScrollToAsync(plot)).Should().BeTrue();
        var before = await CodePage.OfAsync<string[]>(chart, "element._fullLayout.xaxis.range.map(String)");
        await ChartZoom.DrawAsync(notebook.Page, (await plot.BoundingBoxAsync())!);
        await chart.Locator(".main-svg .xtick").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await CodePage.OfAsync<string[]>(chart, "element._fullLayout.xaxis.range.map(String)")).Should().NotEqual(before);
        await notebook.PictureAsync("02-chart-zoomed");
        await notebook.LookAsync("02");
    }

    [Fact]
    public async Task TrainingLesson_TheLossMoves_StopsWhenInterrupted_AndGoesOnWhenRunAgain()
    {
        CodeServer.Need();
        var file = LongTraining.In(server);
        await using var notebook = await server.OpenAsync(browser, file);
        await notebook.RunAllAsync();
        var chart = notebook.Output("section [data-singleshot-chart][data-drawn]").First;
        await notebook.ScrollToRunningAsync(chart);
        const string LastStep = "Math.max(...element.calcdata.flat().map(point => point.x))";
        var first = await CodePage.OfAsync<double>(chart, LastStep);
        await notebook.PictureAsync("05-training");
        while (await CodePage.OfAsync<double>(chart, LastStep) <= first)
        {
            (await notebook.IsRunningAsync()).Should().BeTrue("the training has so many steps");
        }

        await notebook.InterruptAsync();
        await notebook.WaitUntilIdleAsync();
        var end = notebook.Output("text=The network keeps what it has learned").First;
        (await notebook.ScrollToAsync(end)).Should().BeTrue();
        await notebook.PictureAsync("05-interrupted");
        var stopped = await CodePage.OfAsync<double>(chart, LastStep);
        stopped.Should().BeGreaterThan(first);

        await notebook.RunStoppedCellAsync();
        await notebook.ScrollToRunningAsync(chart);
        while (await CodePage.OfAsync<double>(chart, LastStep) <= stopped)
        {
            (await notebook.IsRunningAsync()).Should().BeTrue("the training goes on");
        }

        await notebook.PictureAsync("05-goes-on");
        await notebook.InterruptAsync();
        await notebook.WaitUntilIdleAsync();
        await notebook.LookAsync("05");
    }

    [Fact]
    public async Task Kernel_ThatIsRestarted_ForgetsTheVariables_AndRunsTheCellsAgain()
    {
        CodeServer.Need();
        await using var notebook = await server.OpenAsync(browser, server.Write("code-restart", ["var kept = 6;", "kept * 7"]));
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        await notebook.Output("text=42").First.WaitForAsync();

        await notebook.RestartAsync();
        await notebook.RunCellAsync("kept * 7");
        await notebook.Output("text=CS0103").First.WaitForAsync();
        await notebook.PictureAsync("restarted");

        await notebook.WaitUntilIdleAsync();
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        await notebook.Output("text=42").First.WaitForAsync();
    }

    [Fact]
    public async Task WhatMayFollow_AndTheDocumentation_AreShown()
    {
        CodeServer.Need();
        await using var notebook = await server.OpenAsync(browser, server.Write("code-completion", ["var numbers = new List<int> { 3, 1, 2 };", "numbers.Fin"]));
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        await notebook.Page.Locator(".notebookOverlay .view-line", new() { HasTextString = "numbers.Fin" }).ClickAsync();
        await notebook.Page.Keyboard.PressAsync("End");
        await notebook.Page.Keyboard.PressAsync("Control+Space");
        var list = notebook.Page.Locator(".suggest-widget .monaco-list-row");
        await list.First.WaitForAsync();
        (await list.AllInnerTextsAsync()).Select(text => text.Trim()).Should().Contain(["Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex"]);
        await notebook.PictureAsync("completion");
        await list.Filter(new() { HasTextString = "FindAll" }).First.ClickAsync();
        await notebook.Page.Locator(".notebookOverlay .view-line", new() { HasTextString = "numbers.FindAll" }).WaitForAsync();

        await notebook.Page.Locator(".notebookOverlay .view-line span", new() { HasTextString = "FindAll" }).Last.HoverAsync();
        var hover = notebook.Page.Locator(".monaco-hover:visible", new() { HasTextString = "FindAll" });
        await hover.First.WaitForAsync();
        (await hover.First.InnerTextAsync()).Should().Contain("Predicate");
        await notebook.PictureAsync("hover");
    }

    [Fact]
    public async Task WideTables_ScrollInTheirOwnBoxes()
    {
        CodeServer.Need();
        await using var notebook = await server.OpenAsync(browser, server.Write("code-wide", WideTables.Cells));
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        await notebook.Page.SetViewportSizeAsync(WideTables.Window, 900); // the bar has no room for its buttons now
        await notebook.LookAsync("wide-tables");
        await notebook.ScrollToAsync(notebook.Output(WideTables.Boxes).Last);
        await WideTables.ShouldScrollAsync(notebook.Output(WideTables.Boxes));
    }
}
