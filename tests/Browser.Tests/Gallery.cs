using AwesomeAssertions;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Quantization;
using Xunit;

namespace Browser.Tests;

/// <summary>
/// The README's pictures of what the lessons show, taken from the book of the lessons. They are made anew when somebody asks for it, after the lessons have run:
/// <c>dotnet run --project tests/Browser.Tests -- -explicit only -class '*Gallery'</c>
/// </summary>
[Trait("Needs", "chromium")]
public sealed class Gallery(Browser browser)
{
    private const int Width = 840; // of the window, in CSS pixels
    private const int Margin = 12; // of the page around an explorer, in CSS pixels
    private const int Hundredths = 60; // of a second for each picture of a moving one
    private const long LargestFile = 900_000;

    /// <summary>What is shown: an explorer of a lesson, and the slider that moves, with the places that it goes through; several make a moving picture.</summary>
    public static TheoryData<string, string, string, double[]> Scenes => new()
    {
        { "02-matching.html", "matching", "threshold", [0.3, 0.4, 0.5, 0.6, 0.7, 0.6, 0.5, 0.4] },
        { "06-detection.html", "suppression", "step", [0, 1, 2, 3, 4, 5, 6, 7] },
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Scenes))]
    public async Task Picture_OfAnExplorerThatMoves_IsWritten(string lesson, string explorer, string slider, double[] values)
    {
        var book = Path.Combine(Repository.Root, "out", "book", lesson);
        Assert.SkipUnless(File.Exists(book), $"There is no {book}: dotnet run --project lib/Workbook -- run notebooks makes it.");
        await using var opened = await BookPage.OpenAsync(await browser.OpenAsync(width: Width), book);
        var figure = opened.Page.Locator($"[data-singleshot-explorer={explorer}]").First;
        await figure.EvaluateAsync("figure => scrollTo(0, scrollY + figure.getBoundingClientRect().top - 40)");

        var frames = new List<byte[]>();
        foreach (var value in values)
        {
            await figure.Locator($"input[name={slider}]").EvaluateAsync(
                "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value);
            var place = (await figure.BoundingBoxAsync())!;
            frames.Add(await opened.Page.ScreenshotAsync(new()
            {
                Clip = new() { X = place.X - Margin, Y = place.Y - Margin, Width = place.Width + (2 * Margin), Height = place.Height + (2 * Margin) },
            }));
        }

        var path = Path.Combine(Repository.Root, "docs", $"{explorer}.gif");
        Write(frames, path);
        new FileInfo(path).Length.Should().BeLessThan(LargestFile);
    }

    private static void Write(IReadOnlyList<byte[]> frames, string path)
    {
        var pictures = frames.Select(frame => Image.Load<Rgba32>(frame)).ToList();
        var (width, height) = (pictures.Max(picture => picture.Width), pictures.Max(picture => picture.Height));
        var ground = Color.FromPixel(pictures[0][0, 0]); // the page's
        using var moving = new Image<Rgba32>(width, height, ground);
        moving.Metadata.GetGifMetadata().RepeatCount = 0;
        foreach (var picture in pictures)
        {
            picture.Mutate(image => image.Resize(new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.BoxPad, Position = AnchorPositionMode.TopLeft, PadColor = ground }).BackgroundColor(ground));
            picture.Frames.RootFrame.Metadata.GetGifMetadata().FrameDelay = Hundredths;
            moving.Frames.AddFrame(picture.Frames.RootFrame);
            picture.Dispose();
        }
        moving.Frames.RemoveFrame(0);
        moving.Save(path, new GifEncoder { ColorTableMode = GifColorTableMode.Global, Quantizer = new OctreeQuantizer(new QuantizerOptions { Dither = null }) });
    }
}
