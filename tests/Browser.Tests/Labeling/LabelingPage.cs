using Microsoft.Playwright;

namespace Browser.Tests.Labeling;

/// <summary>A labeling figure in a page, used as a reader uses it; places are in pixels of the picture that it shows.</summary>
internal sealed class LabelingPage(IPage page, string within = "")
{
    private string Svg => $"{within} figure[data-singleshot-explorer=labeling] svg";

    /// <summary>Moves the mouse to a place, presses it, moves on, and lets go.</summary>
    public async Task DragAsync(double x, double y, double toX, double toY)
    {
        var (from, to) = (await OnScreenAsync(x, y), await OnScreenAsync(toX, toY));
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((from.X + to.X) / 2, (from.Y + to.Y) / 2);
        await page.Mouse.MoveAsync(to.X, to.Y);
        await page.Mouse.UpAsync();
    }

    /// <summary>Waits until the figure is there, draws a box of the first class (20, 30, 120, 130) and one of the second (200, 100, 300, 220), and waits until they are saved.</summary>
    public async Task DrawCatAndDogAsync()
    {
        await WaitUntilToldAsync("Labels are saved in");
        await DragAsync(20, 30, 120, 130);
        await KeyAsync("Escape");
        await KeyAsync("2");
        await DragAsync(200, 100, 300, 220);
        await WaitUntilSavedAsync();
    }

    public Task ClickAsync(double x, double y) => DragAsync(x, y, x, y);

    public Task PressAsync(string button) => page.ClickAsync($"{within} figure button[name={button}]");

    public Task KeyAsync(string key) => page.Keyboard.PressAsync(key);

    public Task ChooseClassAsync(string name) => page.ClickAsync($"{within} figure [data-classes] button:has-text('{name}')");

    public async Task AddClassAsync(string name)
    {
        await page.FillAsync($"{within} figure input[name=new-class]", name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Where the picture is, and which boxes it has, in words.</summary>
    public Task<string> StatusAsync() => page.InnerTextAsync($"{within} figure [role=status]");

    /// <summary>What is told of saving.</summary>
    public Task<string> SavingAsync() => page.InnerTextAsync($"{within} figure [data-saving]");

    /// <summary>Waits until everything is saved.</summary>
    public Task WaitUntilSavedAsync() => WaitUntilToldAsync("Saved in");

    public Task WaitUntilToldAsync(string words) => page.Locator($"{within} figure [data-saving]", new() { HasText = words }).WaitForAsync();

    public Task WaitForStatusAsync(string words) => page.Locator($"{within} figure [role=status]", new() { HasText = words }).WaitForAsync();

    private async Task<(float X, float Y)> OnScreenAsync(double x, double y)
    {
        var place = await page.EvalOnSelectorAsync<float[]>(Svg, """
            (svg, [x, y]) => {
              svg.scrollIntoView({ block: "nearest" });
              const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
              return [at.x, at.y];
            }
            """, new[] { x, y });
        return (place[0], place[1]);
    }
}
