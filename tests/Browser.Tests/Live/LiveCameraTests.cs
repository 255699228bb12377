using AwesomeAssertions;
using SingleShot.Data.Shapes;
using Xunit;

namespace Browser.Tests.Live;

/// <summary>The live detector and a camera, which Chromium plays from a film of drawn shapes.</summary>
[Trait("Needs", "onnxruntime-web")]
public sealed class LiveCameraTests(Browser browser, LiveBook book)
{
    [Fact]
    public async Task Camera_FindsTheShapesInFrameAfterFrame_UntilItIsStopped()
    {
        var path = book.Page;
        using var folder = new TemporaryFolder();
        var drawn = ShapesGenerator.Draw(seed: 2, index: 4, size: 480);
        CameraFilm.Write(folder.File("film.y4m"), drawn.Image);
        await using var filming = await Browser.StartAsync($"--use-file-for-fake-video-capture={folder.File("film.y4m")}");
        var page = await filming.OpenAsync();
        await page.Context.GrantPermissionsAsync(["camera"]);
        await using var live = await LivePage.StartAsync(page, path);

        await page.EvaluateAsync("(ask => { navigator.mediaDevices.getUserMedia = async wish => window.given = await ask(wish); })(navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices))");

        var before = await live.SeenAsync();
        await page.ClickAsync("[data-live=camera]");
        await page.WaitForFunctionAsync("before => seen.length > before + 5", before);
        var (found, _) = await live.FoundAfterAsync(() => Task.CompletedTask);
        await Screenshots.TakeAsync(page, "live-camera", fullPage: true);
        drawn.Truths.Should().NotBeEmpty().And.OnlyContain(truth => found.Any(one => one.Label == truth.Label && one.Box.Overlap(truth.Box) > 0.5));

        await page.ClickAsync("[data-live=camera]");
        (await page.InnerTextAsync("[data-live=camera]")).Should().Be("Start the camera");
        (await page.EvaluateAsync<string[]>("given.getTracks().map(track => track.readyState)")).Should().Equal(["ended"], "its light goes out");
        before = await live.SeenAsync();
        await live.FoundAfterAsync(() => page.ClickAsync("[data-live=example]"));
        (await live.SeenAsync()).Should().BeInRange(before + 1, before + 2, "a frame may have been under way, and no more come");
    }

    [Fact]
    public async Task Camera_ThatIsRefused_IsToldInASentence()
    {
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(), book.Page);
        await live.Page.ClickAsync("[data-live=camera]");
        await live.Page.WaitForFunctionAsync("document.querySelector('[role=alert]').textContent");
        (await live.ErrorAsync()).Should().StartWith("The camera was refused.");
        (await live.Page.InnerTextAsync("[data-live=camera]")).Should().Be("Start the camera");
    }

    [Fact]
    public async Task Camera_ThatIsNotThere_IsToldInASentence()
    {
        var path = book.Page;
        await using var blind = await Browser.StartAsync("--use-fake-device-for-media-stream=device-count=0");
        var page = await blind.OpenAsync();
        await page.Context.GrantPermissionsAsync(["camera"]);
        await using var live = await LivePage.StartAsync(page, path);
        await page.ClickAsync("[data-live=camera]");
        await page.WaitForFunctionAsync("document.querySelector('[role=alert]').textContent");
        (await live.ErrorAsync()).Should().StartWith("There is no camera.");
    }
}
