using System.Text.Json.Nodes;
using AwesomeAssertions;
using FFMpegCore;
using SingleShot.Boxes;
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
    private readonly TemporaryFolder _folder = new();

    private string Found => Path.Combine(_folder.Path, "found");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MovingShape_IsFoundFrameByFrame_AndDrawn_WithTheSoundKept()
    {
        var clip = await MovingShape.WriteAsync(_folder, "clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -c:a flac");

        var run = await CommandRun.OfAsync("detect", clip, "--out", Found, "--batch", "3", "--json");
        run.Exit.Should().Be(ExitCodes.Done, run.Error);

        using var detector = new OnnxDetector(Path.Combine(AppContext.BaseDirectory, "shapes.onnx"), new DetectionSettings(ScoreThreshold: 0.4));
        var circle = MovingShape.Scene.Truths.Single(truth => truth.Label == 0).Box;
        var frames = run.Events("frame");
        frames.Should().HaveCount(MovingShape.Frames);
        foreach (var (i, frame) in frames.Index())
        {
            var expected = detector.Detect(MovingShape.Frame(i));
            var found = frame["detections"]!.AsArray();
            found.Select(one => (string)one!["class"]!).Should().Equal(expected.Select(one => one.ClassName), $"of frame {i}");
            found.Zip(expected).Should().OnlyContain(pair => Box(pair.First!).Overlap(pair.Second.Box) > 0.999);
            Box(found.First(one => (int)one!["label"]! == 0)!).Overlap(circle.Shift(i, 0)).Should().BeGreaterThan(0.7, $"the circle of frame {i} has moved by as many pixels");
        }
        JsonNode.Parse(File.ReadAllText(Path.Combine(Found, "images.json")))!["images"]!.AsArray().Should().HaveCount(MovingShape.Frames);

        var drawn = await FFProbe.AnalyseAsync(Path.Combine(Found, "clip.mkv"));
        drawn.PrimaryAudioStream!.CodecName.Should().Be("flac");
        (drawn.PrimaryVideoStream!.Width, drawn.PrimaryVideoStream.AverageFrameRate).Should().Be((96, 25.0));
        await MovingShape.RunAsync("ffmpeg", $"-v error -i {Path.Combine(Found, "clip.mkv")} {_folder.File("drawn", "%03d.png")}");
        Directory.GetFiles(_folder.File("drawn")).Should().HaveCount(MovingShape.Frames);
        var seventh = ImageFile.Read(_folder.File("drawn", "007.png")).Pixels.ToArray().Zip(DrawnDetections.On(MovingShape.Frame(6), detector.Detect(MovingShape.Frame(6))).Pixels.ToArray(), (one, other) => Math.Abs(one - other));
        seventh.Average().Should().BeLessThan(12, "what is left is the codec's loss");
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("clip.mkv", "images.json", "results.json");
    }

    [Theory]
    [InlineData("clip.mkv")]
    [InlineData("clip.avi")]
    public async Task VideoThatIsCutOff_IsTold_AndWhatItHasIsDone(string name)
    {
        var clip = await MovingShape.WriteAsync(_folder, name, "-c:v ffv1 -pix_fmt bgr0 -an");
        File.WriteAllBytes(clip, File.ReadAllBytes(clip)[..(int)(new FileInfo(clip).Length / 2)]);

        var run = await CommandRun.OfAsync("detect", clip, "--out", Found, "--no-pictures", "--json");

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain($"{clip} is cut off or damaged");
        run.Events("frame").Count.Should().BeInRange(5, 15);
        File.Exists(Path.Combine(Found, "results.json")).Should().BeTrue();
    }

    [Theory]
    [InlineData("clip.mkv")]
    [InlineData("clip.avi")]
    [InlineData("clip.mp4")]
    public async Task VideoWhoseSoundIsLonger_IsWhole(string name)
    {
        await MovingShape.NeedFfmpegAsync();
        var clip = _folder.File("clips", name);
        await MovingShape.RunAsync("ffmpeg", $"-v error -f lavfi -t 0.8 -i testsrc=size=96x96:rate=25 -f lavfi -t 3 -i sine -c:v mpeg4 -c:a aac {clip}");

        var run = await CommandRun.OfAsync("detect", clip, "--out", Found, "--no-pictures", "--json");

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Events("frame").Count.Should().BeInRange(MovingShape.Frames, MovingShape.Frames + 1, "AVI has one more");
    }

    [Fact]
    public async Task PathThatIsNoPlainWord_IsReadAndWritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        var plain = await MovingShape.WriteAsync(_folder, "clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -c:a flac");
        var clip = _folder.File("clips", "file:a \"b\" -c \\\"d\\ $e 'f'\nü%03d.mkv");
        File.Move(plain, clip);

        var run = await CommandRun.OfAsync("detect", clip, "--out", Path.Combine(_folder.Path, "found \"here\""), "--json");

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Events("frame").Should().HaveCount(MovingShape.Frames);
        Directory.GetFiles(Path.Combine(_folder.Path, "found \"here\"")).Select(Path.GetFileName).Should().BeEquivalentTo(Path.GetFileName(clip), "images.json", "results.json");
    }

    [Fact]
    public async Task FileThatIsNoVideo_IsRefused()
    {
        await MovingShape.NeedFfmpegAsync();
        var run = await CommandRun.OfAsync("detect", _folder.Write("no video", "clip.mp4"), "--out", Found);

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain("is not a video that ffmpeg can read");
        Directory.Exists(Found).Should().BeFalse();
    }

    [Fact]
    public async Task FolderOfTheVideoItself_IsRefused_AndTheVideoStays()
    {
        var clip = await MovingShape.WriteAsync(_folder, "clip.mkv", "-c:v ffv1 -an");
        var before = File.ReadAllBytes(clip);

        var run = await CommandRun.OfAsync("detect", clip, "--out", Path.GetDirectoryName(clip)!);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("would be written over");
        File.ReadAllBytes(clip).Should().Equal(before);
    }

    [Fact]
    public async Task StoppedVideo_KeepsWhatWasDone()
    {
        var clip = await MovingShape.WriteAsync(_folder, "clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -an");

        var run = await CommandRun.OfAsync(["detect", clip, "--out", Found, "--batch", "2", "--json"], line => line.Contains("clip.mkv#4\"", StringComparison.Ordinal));

        run.Exit.Should().Be(ExitCodes.Stopped, run.Error);
        run.Events("frame").Should().HaveCount(4);
        (await FFProbe.AnalyseAsync(Path.Combine(Found, "clip.mkv"))).PrimaryVideoStream.Should().NotBeNull();
    }

    [Fact]
    public async Task CtrlC_KeepsWhatWasDone()
    {
        await MovingShape.NeedFfmpegAsync();
        const int Frames = 1000;
        var clip = Path.Combine(_folder.Path, "clip.mkv");
        await MovingShape.RunAsync("ffmpeg", $"-v error -f lavfi -i testsrc=size=96x96:rate=25 -frames:v {Frames} -c:v ffv1 {clip}");

        var run = await InterruptedCommand.OfAsync(line => line.Contains("clip.mkv#40\"", StringComparison.Ordinal), "detect", clip, "--out", Found, "--batch", "1", "--json");

        run.Exit.Should().Be(ExitCodes.Stopped, run.Error);
        var done = run.Events("frame").Count;
        done.Should().BeInRange(40, Frames - 1, "it stops before the end");
        run.Error.Should().Be($"Stopped after frame {done} of {Frames}; what was done is written.\n");
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("clip.mkv", "images.json", "results.json");
        (await FFProbe.AnalyseAsync(Path.Combine(Found, "clip.mkv"))).PrimaryVideoStream.Should().NotBeNull();
    }

    private static BoundingBox Box(JsonNode found) => found["box"]!.AsArray() is var box
        ? new BoundingBox((double)box[0]!, (double)box[1]!, (double)box[2]!, (double)box[3]!)
        : default;
}
