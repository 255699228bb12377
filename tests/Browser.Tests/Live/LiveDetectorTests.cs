using AwesomeAssertions;
using Microsoft.Playwright;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Tests.Detection;
using SingleShot.Training;
using Xunit;

namespace Browser.Tests.Live;

/// <summary>The book's live detector: what it finds in a picture is what the library finds, and what it cannot do is said in the page.</summary>
[Trait("Needs", "onnxruntime-web")]
public sealed class LiveDetectorTests(Browser browser, LiveBook book)
{
    private static readonly string[] Large = ["ort.wasm.bundle.min.mjs.js", "ort-wasm-simd-threaded.wasm.js", "shapes.onnx.js"];

    public static TheoryData<string, byte[]> NoPictures => new()
    {
        { "letter.png", "no picture at all"u8.ToArray() },
        { "empty.jpg", [] },
        { "cut.png", ImageFile.Encode(LiveBook.Picture(4), ImageFormat.Png)[..9000] },
        { "cut.jpg", ImageFile.Encode(LiveBook.Picture(4), ImageFormat.Jpeg)[..1500] },
    };

    [Theory]
    [InlineData(96)]
    [InlineData(250)]
    public async Task PictureThatIsDropped_GetsTheLibrarysDetections(int size)
    {
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(), book.Page);
        foreach (var index in new[] { 4, 5, 6 })
        {
            var picture = LiveBook.Picture(index, size);
            var (found, _) = await live.FoundAfterAsync(() => live.DropAsync("drawn.png", ImageFile.Encode(picture, ImageFormat.Png)));

            Matches(found, Library(picture, new DetectionSettings(ScoreThreshold: 0.4)));
        }
    }

    [Fact]
    public async Task Sliders_SetTheLibrarysThresholds_ForThePictureThatIsShown()
    {
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(), book.Page);
        var picture = LiveBook.Picture(5);
        var (found, _) = await live.FoundAfterAsync(() => live.DropAsync("drawn.png", ImageFile.Encode(picture, ImageFormat.Png)));
        var (more, _) = await live.FoundAfterAsync(() => live.MoveAsync("score", 0.05));
        var (most, _) = await live.FoundAfterAsync(() => live.MoveAsync("overlap", 1));

        new[] { found.Count, more.Count, most.Count }.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        Matches(more, Library(picture, new DetectionSettings(ScoreThreshold: 0.05)));
        Matches(most, Library(picture, new DetectionSettings(ScoreThreshold: 0.05, Overlap: 1)));
        (await live.Page.InnerTextAsync("[role=status]")).Should().StartWith($"{most.Count} objects");
    }

    [Theory]
    [MemberData(nameof(NoPictures), DisableDiscoveryEnumeration = true)]
    public async Task FileThatIsNoWholePicture_IsToldInASentence_AndTheNextIsDetectedIn(string name, byte[] bytes)
    {
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(), book.Page);
        await live.Page.SetInputFilesAsync("[data-live=file]", new FilePayload { Name = name, MimeType = "image/png", Buffer = bytes });
        await live.Page.WaitForFunctionAsync("document.querySelector('[role=alert]').textContent");
        (await live.ErrorAsync()).Should().Be($"{name} is no picture that this browser can read, or it is damaged. Choose a JPEG or PNG file.");

        var (found, _) = await live.FoundAfterAsync(() => live.Page.ClickAsync("[data-live=example]"));
        found.Should().NotBeEmpty();
        (await live.ErrorAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Page_LoadsNothingLarge_UntilItIsAsked_AndSaysHowMuch()
    {
        var asked = new List<string>();
        var page = await browser.OpenAsync();
        page.Request += (_, request) => asked.Add(Path.GetFileName(request.Url));
        await using var live = await LivePage.OpenAsync(page, book.Page);

        asked.Should().Contain("page.js").And.NotIntersectWith(Large);
        var bytes = Large.Sum(file => new FileInfo(Path.Combine(Path.GetDirectoryName(book.Page)!, "live", file)).Length);
        bytes.Should().BeGreaterThan(1_000_000);
        (await page.InnerTextAsync("[data-live=load]")).Should().Be(FormattableString.Invariant($"Load {bytes / 1e6:F1} MB, and start"));
    }

    [Fact]
    public async Task ModelThatIsMissingBesideThePage_IsToldInASentence()
    {
        var path = book.Copy("without-model", withRuntime: true);
        File.Delete(Path.Combine(Path.GetDirectoryName(path)!, "live", "shapes.onnx.js"));
        var page = await browser.OpenAsync(); // not a BookPage: the browser itself complains of the file
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.ClickAsync("[data-live=load]");

        await page.WaitForFunctionAsync("document.querySelector('[role=alert]').textContent");
        (await page.InnerTextAsync("[role=alert]")).Should().Be("The file live/shapes.onnx.js is missing beside this page. Copy the whole folder of the book, or make the book again.");
        (await page.IsEnabledAsync("[data-live=load]")).Should().BeTrue();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(800, true)]
    [Trait("Needs", "axe")]
    public async Task Page_WithAPicture_FitsTheWindow_AndHasNoFaultByAxe(int width, bool dark)
    {
        var axe = Environment.GetEnvironmentVariable("AXE");
        Assert.SkipUnless(File.Exists(axe), "AXE names no file: npm install axe-core, and let AXE be the path of its axe.min.js.");
        await using var live = await LivePage.StartAsync(await browser.OpenAsync(width: width, dark: dark), book.Page);
        await Screenshots.TakeAsync(live.Page, $"live-{width}-{(dark ? "dark" : "light")}", fullPage: true);

        (await live.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
        await live.Page.EvaluateAsync(await File.ReadAllTextAsync(axe!, TestContext.Current.CancellationToken));
        (await live.Page.EvaluateAsync<string[]>("async () => (await axe.run({ preload: false })).violations.map(fault => fault.id)")).Should().BeEmpty();
    }

    private static void Matches(IReadOnlyList<DetectedObject> found, IReadOnlyList<DetectedObject> expected) =>
        Agreement.Of(found, expected, boxes: 1e-3, scores: 1e-5, least: 1);

    private static IReadOnlyList<DetectedObject> Library(RgbImage picture, DetectionSettings settings)
    {
        using var network = Checkpoint.LoadNetwork(Path.Combine(Repository.Root, "notebooks", "shapes-detector.safetensors"));
        return new Detector(network, settings).Detect(picture);
    }
}
