using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using FFMpegCore;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Shapes;
using SingleShot.Drawing;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Cli.Tests.Video;

/// <summary>A clip of a shape that moves a pixel to the right in each frame, with a tone.</summary>
[Trait("Needs", "ffmpeg")]
public sealed class DetectInVideoTests : IDisposable
{
    private const int Frames = 20;

    private static readonly Example Scene = ShapesGenerator.Draw(seed: 11, 1); // its circle is in the middle

    private readonly TemporaryFolder _folder = new();

    private string Found => Path.Combine(_folder.Path, "found");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MovingShape_IsFoundFrameByFrame_AndDrawn_WithTheSoundKept()
    {
        var clip = await WriteClipAsync("clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -c:a flac");

        var run = await CommandRun.OfAsync("detect", clip, "--out", Found, "--batch", "3", "--json");
        run.Exit.Should().Be(ExitCodes.Done, run.Error);

        using var detector = new OnnxDetector(Path.Combine(AppContext.BaseDirectory, "shapes.onnx"), new DetectionSettings(ScoreThreshold: 0.4));
        var circle = Scene.Truths.Single(truth => truth.Label == 0).Box;
        var frames = run.Events("frame");
        frames.Should().HaveCount(Frames);
        foreach (var (i, frame) in frames.Index())
        {
            var expected = detector.Detect(Moved(i));
            var found = frame["detections"]!.AsArray();
            found.Select(one => (string)one!["class"]!).Should().Equal(expected.Select(one => one.ClassName), $"of frame {i}");
            found.Zip(expected).Should().OnlyContain(pair => Box(pair.First!).Overlap(pair.Second.Box) > 0.999);
            Box(found.First(one => (int)one!["label"]! == 0)!).Overlap(circle.Shift(i, 0)).Should().BeGreaterThan(0.7, $"the circle of frame {i} has moved by as many pixels");
        }
        JsonNode.Parse(File.ReadAllText(Path.Combine(Found, "images.json")))!["images"]!.AsArray().Should().HaveCount(Frames);

        var drawn = await FFProbe.AnalyseAsync(Path.Combine(Found, "clip.mkv"));
        drawn.PrimaryAudioStream!.CodecName.Should().Be("flac");
        (drawn.PrimaryVideoStream!.Width, drawn.PrimaryVideoStream.AverageFrameRate).Should().Be((96, 25.0));
        await RunAsync("ffmpeg", $"-v error -i {Path.Combine(Found, "clip.mkv")} {_folder.File("drawn", "%03d.png")}");
        Directory.GetFiles(_folder.File("drawn")).Should().HaveCount(Frames);
        var seventh = ImageFile.Read(_folder.File("drawn", "007.png")).Pixels.ToArray().Zip(DrawnDetections.On(Moved(6), detector.Detect(Moved(6))).Pixels.ToArray(), (one, other) => Math.Abs(one - other));
        seventh.Average().Should().BeLessThan(12, "what is left is the codec's loss");
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("clip.mkv", "images.json", "results.json");
    }

    [Fact]
    public async Task VideoThatIsCutOff_IsTold_AndWhatItHasIsDone()
    {
        var clip = await WriteClipAsync("clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -an");
        File.WriteAllBytes(clip, File.ReadAllBytes(clip)[..(int)(new FileInfo(clip).Length / 2)]);

        var run = await CommandRun.OfAsync("detect", clip, "--out", Found, "--no-pictures", "--json");

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain($"{clip} is cut off or damaged");
        run.Events("frame").Count.Should().BeInRange(5, 15);
        File.Exists(Path.Combine(Found, "results.json")).Should().BeTrue();
    }

    [Fact]
    public async Task FileThatIsNoVideo_IsRefused()
    {
        await NeedFfmpegAsync();
        var run = await CommandRun.OfAsync("detect", _folder.Write("no video", "clip.mp4"), "--out", Found);

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain("is not a video that ffmpeg can read");
        Directory.Exists(Found).Should().BeFalse();
    }

    [Fact]
    public async Task FolderOfTheVideoItself_IsRefused_AndTheVideoStays()
    {
        var clip = await WriteClipAsync("clip.mkv", "-c:v ffv1 -an");
        var before = File.ReadAllBytes(clip);

        var run = await CommandRun.OfAsync("detect", clip, "--out", Path.GetDirectoryName(clip)!);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("would be written over");
        File.ReadAllBytes(clip).Should().Equal(before);
    }

    [Fact]
    public async Task StoppedVideo_KeepsWhatWasDone()
    {
        var clip = await WriteClipAsync("clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -an");

        var run = await CommandRun.OfAsync(["detect", clip, "--out", Found, "--batch", "2", "--json"], line => line.Contains("clip.mkv#4\"", StringComparison.Ordinal));

        run.Exit.Should().Be(ExitCodes.Stopped);
        run.Events("frame").Should().HaveCount(4);
        (await FFProbe.AnalyseAsync(Path.Combine(Found, "clip.mkv"))).PrimaryVideoStream.Should().NotBeNull();
    }

    private static BoundingBox Box(JsonNode found) => found["box"]!.AsArray() is var box
        ? new BoundingBox((double)box[0]!, (double)box[1]!, (double)box[2]!, (double)box[3]!)
        : default;

    private static RgbImage Moved(int right) => RgbImage.Create(96, 96, pixels =>
    {
        for (var i = 0; i < 96 * 96; i++)
        {
            var (y, x) = Math.DivRem(i, 96);
            Scene.Image.Pixels.Slice((y * 96 + (x - right + 96) % 96) * 3, 3).CopyTo(pixels[(i * 3)..]);
        }
    });

    private static async Task NeedFfmpegAsync()
    {
        var isThere = false;
        try
        {
            isThere = (await ProcessRun.OfAsync(new ProcessStartInfo("ffmpeg", "-version"))).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
        }
        Assert.SkipUnless(isThere, "needs ffmpeg: apt-get install ffmpeg");
    }

    private static async Task RunAsync(string program, string arguments)
    {
        var run = await ProcessRun.OfAsync(new ProcessStartInfo(program, arguments));
        run.Exit.Should().Be(0, run.Error);
    }

    private async Task<string> WriteClipAsync(string name, string codecs)
    {
        await NeedFfmpegAsync();
        for (var i = 0; i < Frames; i++)
        {
            ImageFile.Write(_folder.File("frames", i.ToString("000", CultureInfo.InvariantCulture) + ".png"), Moved(i));
        }
        var clip = _folder.File("clips", name);
        await RunAsync("ffmpeg", $"-v error -r 25 -i {_folder.File("frames", "%03d.png")} -f lavfi -t 0.8 -i sine=frequency=440 {codecs} {clip}");
        return clip;
    }
}
