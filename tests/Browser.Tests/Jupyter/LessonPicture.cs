using AwesomeAssertions;
using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>
/// The README's picture of a lesson in Jupyter's classic notebook. It is made anew when somebody asks for it:
/// <c>dotnet run --project tests/Browser.Tests -- -explicit only</c>
/// </summary>
[Trait("Needs", "jupyter")]
public sealed class LessonPicture(Browser browser, JupyterServer server)
{
    private const long LargestFile = 400_000;

    [Fact(Explicit = true)]
    public async Task Picture_OfALessonAsItLooks_IsWritten()
    {
        await using var notebook = await server.OpenAsync(browser, "notebooks/02-matching.ipynb");
        await notebook.Page.SetViewportSizeAsync(1280, 1400); // higher than what is shown
        await notebook.RunAllAsync();
        await notebook.WaitUntilIdleAsync();
        var cell = await notebook.CellAsync("Explore.Matching(image, sample.Truths, model");
        await cell.SelectAsync();
        var heading = await notebook.CellAsync("## Play with it");
        await heading.Element.EvaluateAsync("element => element.scrollIntoView({ block: 'start' })");

        var path = Path.Combine(Repository.Root, "docs", "lesson.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var place = (await cell.Element.BoundingBoxAsync())!;
        await notebook.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, Clip = new Clip { Width = 1280, Height = place.Y + place.Height + 6 } });
        new FileInfo(path).Length.Should().BeLessThan(LargestFile);
    }
}
