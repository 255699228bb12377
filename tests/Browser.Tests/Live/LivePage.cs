using System.Text.Json;
using Microsoft.Playwright;
using SingleShot.Boxes;
using SingleShot.Detection;

namespace Browser.Tests.Live;

/// <summary>The page of the live detector, opened from the disk, and what it finds.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly BookPage _opened;

    private LivePage(BookPage opened) => _opened = opened;

    public IPage Page => _opened.Page;

    public Task<string> ErrorAsync() => Page.InnerTextAsync("[role=alert]");

    public static async Task<LivePage> OpenAsync(IPage page, string path)
    {
        var opened = new LivePage(await BookPage.OpenAsync(page, path));
        await page.EvaluateAsync("window.seen = []; document.addEventListener('detected', event => seen.push(event.detail))");
        return opened;
    }

    /// <summary>Opens the page and loads the detector, which shows its first example.</summary>
    public static async Task<LivePage> StartAsync(IPage page, string path)
    {
        var opened = await OpenAsync(page, path);
        await opened.FoundAfterAsync(() => page.ClickAsync("[data-live=load]"));
        return opened;
    }

    /// <summary>Drops a file on the page, and waits for nothing.</summary>
    public Task DropAsync(string name, byte[] bytes) => Page.EvaluateAsync(
        """
        ([name, bytes]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
        }
        """, new[] { name, Convert.ToBase64String(bytes) });

    /// <summary>Moves a slider as a hand does.</summary>
    public Task MoveAsync(string slider, double value) => Page.EvalOnSelectorAsync(
        $"[data-live={slider}]", "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value);

    /// <summary>What the page finds once something has been done.</summary>
    public async Task<(IReadOnlyList<DetectedObject> Found, double Milliseconds)> FoundAfterAsync(Func<Task> action)
    {
        var before = await SeenAsync();
        await action();
        await Page.WaitForFunctionAsync("before => seen.length > before", before);
        var last = await Page.EvaluateAsync<JsonElement>("seen.at(-1)");
        return ([.. last.GetProperty("detections").EnumerateArray().Select(Read)], last.GetProperty("milliseconds").GetDouble());
    }

    /// <summary>How many times it has detected.</summary>
    public Task<int> SeenAsync() => Page.EvaluateAsync<int>("seen.length");

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    private static DetectedObject Read(JsonElement found)
    {
        var box = found.GetProperty("box");
        return new DetectedObject(
            new BoundingBox(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble()),
            found.GetProperty("label").GetInt32(), found.GetProperty("className").GetString()!, found.GetProperty("score").GetDouble());
    }
}
