using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using FFMpegCore;
using Xunit;

namespace SingleShot.Cli.Tests.Video;

/// <summary>ffmpeg's own sources of frames stand in for a camera: this machine may have none.</summary>
[Trait("Needs", "ffmpeg")]
public sealed class DetectInCameraTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Found => Path.Combine(_folder.Path, "found");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CameraThatSeesAClip_FindsWhatIsFoundInTheClip_AndRecordsIt()
    {
        var clip = await MovingShape.WriteAsync(_folder, "clip.mkv", "-c:v ffv1 -pix_fmt bgr0 -an");
        var video = await CommandRun.OfAsync("detect", clip, "--out", Path.Combine(_folder.Path, "video"), "--batch", "1", "--json");

        var run = await CommandRun.OfAsync("detect", "--camera", $"movie={clip}", "--camera-format", "lavfi", "--out", Found, "--json");

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        Detections(run).Should().HaveCount(MovingShape.Frames).And.Equal(Detections(video));
        JsonNode.Parse(File.ReadAllText(Path.Combine(Found, "images.json")))!["images"]!.AsArray().Should().HaveCount(MovingShape.Frames);
        var recorded = await FFProbe.AnalyseAsync(Path.Combine(Found, "camera.mp4"));
        (recorded.PrimaryVideoStream!.Width, recorded.PrimaryVideoStream.Height, recorded.PrimaryVideoStream.AverageFrameRate).Should().Be((96, 96, 30.0));
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("camera.mp4", "images.json", "results.json");
    }

    [Theory]
    [InlineData("--frames", "3", 3)]
    [InlineData("--seconds", "0.2", 5)]
    public async Task LimitedCamera_EndsByItself(string option, string value, int frames)
    {
        await MovingShape.NeedFfmpegAsync();

        var run = await CommandRun.OfAsync([.. Endless, option, value, "--format", "csv", "--no-pictures", "--out", Found, "--json"]);

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Events("frame").Should().HaveCount(frames);
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("results.csv");
    }

    [Fact]
    public async Task RecordingOfASlowCamera_LastsAsLongAsTheCameraWasSeen()
    {
        await MovingShape.NeedFfmpegAsync();

        var run = await CommandRun.OfAsync(
            "detect", "--camera", "testsrc=size=96x96:rate=5,realtime", "--camera-format", "lavfi", "--frames", "6", "--out", Found);

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        var recorded = await FFProbe.AnalyseAsync(Path.Combine(Found, "camera.mp4"));
        recorded.Duration.Should().BeGreaterThan(TimeSpan.FromSeconds(0.5), "six frames of a usual camera would last a quarter of a second; these come within a whole one, some of them late");
    }

    [Fact]
    public async Task CtrlC_KeepsTheRecordingAndTheResults()
    {
        await MovingShape.NeedFfmpegAsync();

        var run = await InterruptedCommand.OfAsync(line => line.Contains("camera#40\"", StringComparison.Ordinal), [.. Endless, "--out", Found, "--json"]);

        run.Exit.Should().Be(ExitCodes.Stopped, run.Error);
        var frames = run.Events("frame").Count;
        frames.Should().BeGreaterThanOrEqualTo(40, "as many fill what lies before the encoder, so that it has begun");
        run.Error.Should().Contain($"Stopped after frame {frames}; what was done is written.");
        JsonNode.Parse(File.ReadAllText(Path.Combine(Found, "images.json")))!["images"]!.AsArray().Should().HaveCount(frames);
        (await FFProbe.AnalyseAsync(Path.Combine(Found, "camera.mp4"))).Duration.Should().BePositive();
        Directory.GetFiles(Found).Select(Path.GetFileName).Should().BeEquivalentTo("camera.mp4", "images.json", "results.json");
    }

    [Fact]
    public async Task FolderWithARecording_IsRefused_AndTheRecordingStays()
    {
        await MovingShape.NeedFfmpegAsync();
        Directory.CreateDirectory(Found);
        File.WriteAllText(Path.Combine(Found, "camera.mp4"), "recorded");

        var run = await CommandRun.OfAsync([.. Endless, "--frames", "1", "--out", Found]);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("camera.mp4 is there already").And.Contain("--out");
        File.ReadAllText(Path.Combine(Found, "camera.mp4")).Should().Be("recorded");
    }

    [Fact]
    public async Task CameraThatGivesNoPicture_IsTold_WithWhatFfmpegSays()
    {
        await MovingShape.NeedFfmpegAsync();

        var run = await CommandRun.OfAsync("detect", "--camera", "no_such_source", "--camera-format", "lavfi", "--out", Found);

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain("The camera no_such_source gives no picture: ").And.NotContain("   at ");
    }

    [Fact]
    public async Task CameraThatIsNotThere_IsRefused_WithThoseThatAre()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "cameras are files on Linux alone");
        await MovingShape.NeedFfmpegAsync();

        var run = await CommandRun.OfAsync("detect", "--camera", "77", "--out", Found);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().MatchRegex("^There is no camera /dev/video77: (there are /dev/video|this machine has none)");
        Directory.Exists(Found).Should().BeFalse();
    }

    [Fact]
    [Trait("Needs", "ordinary-user")]
    public async Task CameraThatMayNotBeRead_IsRefused_WithTheWayToIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "cameras are files on Linux alone");
        Assert.SkipWhen(Environment.UserName == "root", "the superuser may read everything");
        await MovingShape.NeedFfmpegAsync();
        var camera = _folder.Write("", "camera");
        await MovingShape.RunAsync("chmod", $"000 {camera}");

        var run = await CommandRun.OfAsync("detect", "--camera", camera, "--out", Found);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain($"{camera} may not be read by you").And.Contain("usermod");
    }

    [Fact]
    public async Task CameraWithoutFfmpeg_IsRefused_WithTheWayToGetIt()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [CommandRun.Program, "detect", "--camera", "0", "--out", Found]) { Environment = { ["PATH"] = _folder.Path } };

        var run = await ProcessRun.OfAsync(start);

        run.Exit.Should().Be(ExitCodes.Usage, run.Error);
        run.Error.Should().StartWith("Video needs the programs ffmpeg and ffprobe").And.Contain("apt-get install ffmpeg");
    }

    [Theory]
    [InlineData("a.jpg is named beside a camera", "a.jpg", "--camera", "0")]
    [InlineData("--frames is 0", "--camera", "0", "--frames", "0")]
    [InlineData("--seconds is -1", "--camera", "0", "--seconds", "-1")]
    [InlineData("name it by --camera", "a.jpg", "--frames", "3")]
    [InlineData("or a camera by --camera 0")]
    public async Task CommandLineThatDoesNotSayWhatToDetectIn_IsRefused(string said, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(["detect", "--out", Found, .. arguments]);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain(said);
    }

    /// <summary>A camera that goes on for ever, 25 frames a second; its name has a space, as those of Windows have.</summary>
    private static string[] Endless => ["detect", "--camera", "testsrc=size=96x96:rate=25, realtime", "--camera-format", "lavfi"];

    private static IEnumerable<string> Detections(CommandRun run) => run.Events("frame").Select(frame => frame["detections"]!.ToJsonString());
}
