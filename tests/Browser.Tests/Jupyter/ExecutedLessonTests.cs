using AwesomeAssertions;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>Each lesson as the runner left it in <c>out</c>, opened in Jupyter's classic page by a reader who trusts it.</summary>
[Trait("Needs", "jupyter")]
public sealed class ExecutedLessonTests(Browser browser, JupyterServer server)
{
    private const string Faults = """
        () => {
          const faults = [];
          const check = (fault, selector, holds) => document.querySelectorAll(selector).forEach(e => holds(e) || faults.push(`${fault}: ${e.outerHTML.slice(0, 160)}`));
          check("is asleep", "[data-singleshot-explorer]", e => "awake" in e.dataset);
          check("is cut off", ".output_area svg, .output_area img", e => e.getBoundingClientRect().right <= e.closest(".output_area").getBoundingClientRect().right + 1);
          check("has no size", ".output_area figure > svg, .output_area img", e => e.getBoundingClientRect().width > 0);
          check("has no value beside it", ".singleshot-control input[type=range]", e => {
            const [slider, value, area] = [e, e.parentNode.nextElementSibling, e.closest(".output_area")].map(one => one.getBoundingClientRect());
            return e.parentNode.nextElementSibling.textContent && value.left >= slider.right && value.right <= area.right && value.bottom > slider.top && value.top < slider.bottom;
          });
          return faults;
        }
        """;

    private const string Drawn = "[...document.querySelectorAll('[data-singleshot-chart]')].every(chart => chart.querySelector('.main-svg .xtick') && Math.abs(chart.querySelector('.main-svg').clientWidth - chart.clientWidth) <= 1)";

    public static TheoryData<string> Lessons =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task Lesson_OpenedInJupyter_IsDrawnWhole_AndEachSliderChangesWhatIsShown(string lesson)
    {
        await using var notebook = await OpenAsync(lesson);
        foreach (var width in new[] { 1280, 800 })
        {
            await notebook.Page.SetViewportSizeAsync(width, 900);
            await notebook.WaitAsync(Drawn);
            (await notebook.Page.EvaluateAsync<string[]>(Faults)).Should().BeEmpty($"the window is {width} wide");
            await Screenshots.TakeScrolledAsync(notebook.Page, $"jupyter-{width}-{Path.GetFileNameWithoutExtension(lesson)}", "#site");
        }

        (await MovedControl.AllOfAsync(notebook.Page)).Should().AllSatisfy(control => control.Looks.Should().BeGreaterThan(1, $"{control.Name} has {control.Choices} choices"));
        notebook.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task ArrowKey_OnASliderThatTheReaderClicked_MovesIt()
    {
        await using var notebook = await OpenAsync("02-matching.ipynb");
        var slider = notebook.Page.Locator("[data-singleshot-explorer=matching] input[type=range]").First;
        await slider.ClickAsync();
        var clicked = await slider.InputValueAsync();
        await notebook.Page.Keyboard.PressAsync("ArrowLeft");
        (await slider.InputValueAsync()).Should().NotBe(clicked, "Jupyter's keys leave the slider its own");
    }

    private async Task<NotebookPage> OpenAsync(string lesson)
    {
        var file = Path.Combine(Repository.Root, "out", lesson);
        Assert.SkipUnless(File.Exists(file), $"There is no {file}: dotnet run --project lib/Workbook -- run notebooks makes it.");
        Directory.CreateDirectory(server.Folder);
        File.Copy(file, Path.Combine(server.Folder, lesson), overwrite: true);
        var notebook = await server.OpenAsync(browser, lesson);
        await notebook.TrustAsync();
        return notebook;
    }
}
