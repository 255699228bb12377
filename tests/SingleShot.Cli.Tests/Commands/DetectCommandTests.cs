using System.Globalization;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Models;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class DetectCommandTests : IDisposable
{
    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "shapes.onnx");

    private readonly TemporaryFolder _folder = new();

    private string Results => Path.Combine(_folder.Path, "found");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_GivesWhatTheDetectorFinds_AndPicturesWithBoxes()
    {
        var pictures = Pictures.Write(_folder, "in", 5);
        var run = await CommandRun.OfAsync("detect", Path.GetDirectoryName(pictures[0])!, "--out", Results);

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Error.Should().BeEmpty();
        using var detector = new OnnxDetector(Model, Settings(0.4));
        var expected = pictures.Index().SelectMany(item => detector.Detect(ImageFile.Read(item.Item)).Select(found => (Id: item.Index + 1, found.Label, found.Score))).ToList();
        expected.Should().HaveCountGreaterThan(5);
        var results = JsonNode.Parse(File.ReadAllText(Path.Combine(Results, "results.json")))!.AsArray();
        results.Should().HaveCount(expected.Count);
        foreach (var (found, (id, label, score)) in results.Zip(expected))
        {
            ((int)found!["image_id"]!, (int)found["category_id"]!).Should().Be((id, label + 1));
            ((double)found["score"]!).Should().BeApproximately(score, 1e-5);
        }
        var images = JsonNode.Parse(File.ReadAllText(Path.Combine(Results, "images.json")))!;
        images["images"]!.AsArray().Select(image => (string)image!["file_name"]!).Should().Equal(pictures);
        images["categories"]!.AsArray().Select(category => (string)category!["name"]!).Should().Equal("circle", "square", "triangle", "star");
        foreach (var picture in pictures)
        {
            ImageFile.Read(Path.Combine(Results, Path.GetFileName(picture))).Pixels.ToArray().Should().NotEqual(ImageFile.Read(picture).Pixels.ToArray());
        }
        Directory.GetFiles(Results, "*.partial*").Should().BeEmpty();
    }

    [Fact]
    public async Task OnePicture_ShowsATableOfItsObjects()
    {
        var picture = Pictures.Write(_folder, "in", 1)[0];
        var run = await CommandRun.OfAsync("detect", picture, "--out", Results);

        run.Exit.Should().Be(ExitCodes.Done);
        using var detector = new OnnxDetector(Model, Settings(0.4));
        var best = detector.Detect(ImageFile.Read(picture))[0];
        run.Output.Should().MatchRegex($@"picture-00\.png \| {best.ClassName} +\| +{best.Score.ToString("0.00", CultureInfo.InvariantCulture)} \|");
        File.Exists(Path.Combine(Results, "picture-00.png")).Should().BeTrue();
    }

    [Fact]
    public async Task Csv_HasALineForEachDetection()
    {
        var picture = Pictures.Write(_folder, "in, here", 1)[0];
        (await CommandRun.OfAsync("detect", picture, "--out", Results, "--format", "csv", "--no-pictures", "--score", "0.01")).Exit.Should().Be(ExitCodes.Done);

        using var detector = new OnnxDetector(Model);
        var lines = File.ReadAllLines(Path.Combine(Results, "results.csv"));
        lines[0].Should().Be("picture,class,score,left,top,right,bottom");
        var box = detector.Detect(ImageFile.Read(picture))[0];
        lines[1].Should().StartWith($"\"{picture}\",{box.ClassName},{box.Score.ToString("R", CultureInfo.InvariantCulture)},");
        lines.Should().HaveCount(1 + detector.Detect(ImageFile.Read(picture)).Count);
        Directory.GetFiles(Results).Select(Path.GetFileName).Should().Equal("results.csv");
    }

    [Fact]
    public async Task Json_WritesAnEventForEachPicture()
    {
        Pictures.Write(_folder, "in", 3);
        var run = await CommandRun.OfAsync("detect", Path.Combine(_folder.Path, "in", "*-0*.png"), "--out", Results, "--json");

        run.Events("model").Should().ContainSingle().Which["classNames"]!.AsArray().Should().HaveCount(4);
        run.Events("picture").Select(item => Path.GetFileName((string)item["picture"]!)).Should().Equal("picture-00.png", "picture-01.png", "picture-02.png");
        var done = run.Events("done").Should().ContainSingle().Subject;
        ((int)done["done"]!, (string)done["results"]!).Should().Be((3, Path.Combine(Results, "results.json")));
    }

    [Fact]
    public async Task BothEngines_FindTheSame()
    {
        var model = SmallModel.Save(_folder, ["cat", "dog", "cow"]);
        Pictures.Write(_folder, "in", 4);
        foreach (var engine in new[] { "torch", "onnx" })
        {
            var run = await CommandRun.OfAsync(
                "detect", _folder.File("in"), "--out", Path.Combine(Results, engine), "--engine", engine, "--model", model, "--score", "0.3", "--device", "cpu");
            run.Exit.Should().Be(ExitCodes.Done, run.Error);
        }

        var (torch, onnx) = (Read("torch"), Read("onnx"));
        torch.Should().HaveCountGreaterThan(10);
        onnx.Should().HaveCount(torch.Count);
        foreach (var (one, other) in torch.Zip(onnx))
        {
            ((int)one["image_id"]!, (int)one["category_id"]!).Should().Be(((int)other["image_id"]!, (int)other["category_id"]!));
            ((double)one["score"]!).Should().BeApproximately((double)other["score"]!, 1e-5);
            foreach (var (side, same) in one["bbox"]!.AsArray().Zip(other["bbox"]!.AsArray()))
            {
                ((double)side!).Should().BeApproximately((double)same!, 1e-3);
            }
        }

        List<JsonNode> Read(string engine) => [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Results, engine, "results.json")))!.AsArray().Select(item => item!)];
    }

    [Fact]
    public async Task PictureThatIsNone_IsNamed_AndDoneOnceItIsRepaired()
    {
        var pictures = Pictures.Write(_folder, "in", 4);
        var good = File.ReadAllBytes(pictures[2]);
        File.WriteAllText(pictures[2], "no picture");

        var run = await CommandRun.OfAsync("detect", _folder.File("in"), "--out", Results, "--batch", "2");
        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain($"{pictures[2]} is not a picture that can be read").And.Contain($"Not done: {pictures[2]}.");
        ImageIds().Should().Equal(1, 2, 4);

        File.WriteAllBytes(pictures[2], good);
        var next = await CommandRun.OfAsync("detect", _folder.File("in"), "--out", Results, "--batch", "2", "--json");
        next.Exit.Should().Be(ExitCodes.Done);
        next.Events("picture").Select(item => (string)item["picture"]!).Should().Equal(pictures[2]);
        ImageIds().Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public async Task InterruptedFolder_GoesOn_AndEndsAsOneThatWasNot()
    {
        Pictures.Write(_folder, "in", 9);
        string[] arguments = ["detect", _folder.File("in"), "--batch", "2", "--json", "--out"];
        (await CommandRun.OfAsync([.. arguments, Results])).Exit.Should().Be(ExitCodes.Done);
        var stopped = Path.Combine(_folder.Path, "stopped");

        var first = await CommandRun.OfAsync([.. arguments, stopped], line => line.Contains("picture-03", StringComparison.Ordinal));
        first.Exit.Should().Be(ExitCodes.Stopped);
        first.Events("picture").Should().HaveCount(4);
        var second = await CommandRun.OfAsync([.. arguments, stopped]);

        second.Exit.Should().Be(ExitCodes.Done);
        second.Events("picture").Should().HaveCount(5);
        foreach (var file in Directory.GetFiles(Results))
        {
            File.ReadAllBytes(Path.Combine(stopped, Path.GetFileName(file))).Should().Equal(File.ReadAllBytes(file), Path.GetFileName(file));
        }
        Directory.GetFiles(stopped).Should().HaveCount(Directory.GetFiles(Results).Length);
    }

    [Fact]
    public async Task CtrlC_KeepsThePicturesThatAreDone_AndTheSameCommandGoesOn()
    {
        Pictures.Write(_folder, "in", 100);
        string[] arguments = ["detect", _folder.File("in"), "--batch", "1", "--out", Results, "--json"];

        var first = await InterruptedCommand.OfAsync(line => line.Contains("picture-01", StringComparison.Ordinal), arguments);
        first.Exit.Should().Be(ExitCodes.Stopped, first.Error);
        var done = first.Events("picture").Count;
        done.Should().BeInRange(2, 99, "it stops before the end");
        ImageIds().Should().HaveCount(done);

        (await CommandRun.OfAsync(arguments)).Events("picture").Should().HaveCount(100 - done);
        ImageIds().Should().HaveCount(100);
    }

    [Fact]
    public async Task InterruptedFolder_WithOtherSettings_IsRefused_UntilItBeginsAnew()
    {
        Pictures.Write(_folder, "in", 4);
        string[] arguments = ["detect", _folder.File("in"), "--batch", "1", "--out", Results, "--json"];
        await CommandRun.OfAsync(arguments, line => line.Contains("picture-01", StringComparison.Ordinal));

        var other = await CommandRun.OfAsync([.. arguments, "--score", "0.5"]);
        other.Exit.Should().Be(ExitCodes.Usage);
        other.Error.Should().Contain("score 0.4").And.Contain("score 0.5").And.Contain("--again");

        (await CommandRun.OfAsync([.. arguments, "--score", "0.5", "--again"])).Events("picture").Should().HaveCount(4);
    }

    [Fact]
    public async Task DiskThatFills_KeepsWhatWasDone_AndNamesTheRest()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the size of a file is limited by the shell's ulimit");
        var pictures = Pictures.Write(_folder, "in", 40);
        string[] arguments = ["detect", _folder.File("in"), "--batch", "4", "--out", Results, "--score", "0.01", "--no-pictures", "--json"];

        var full = await CommandRun.LimitedAsync(8, arguments);
        full.Exit.Should().Be(ExitCodes.Failed, full.Error);
        var done = full.Events("picture").Select(item => (string)item["picture"]!).ToList();
        done.Should().NotBeEmpty().And.HaveCountLessThan(40);
        full.Error.Should().Contain("cannot be written").And.Contain($"Not done: {pictures[done.Count]}, ");
        full.Events("done").Single()["notDone"]!.AsArray().Select(item => (string)item!).Should().Equal(pictures.Except(done));

        var rest = await CommandRun.OfAsync(arguments);
        rest.Exit.Should().Be(ExitCodes.Done, rest.Error);
        rest.Events("picture").Select(item => (string)item["picture"]!).Should().Equal(pictures.Except(done));
        ImageIds().Should().Equal(Enumerable.Range(1, 40));
    }

    [Theory]
    [InlineData("empty", "empty has no pictures")]
    [InlineData("nowhere", "There is no file or folder")]
    [InlineData("empty/**/*.jpg", "No picture matches")]
    public async Task NameOfNothing_IsRefused(string name, string reason)
    {
        Directory.CreateDirectory(_folder.File("empty"));
        var run = await CommandRun.OfAsync("detect", Path.Combine(_folder.Path, name), "--out", Results);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain(reason);
        Directory.Exists(Results).Should().BeFalse();
    }

    [Fact]
    public async Task FolderOfThePicturesThemselves_IsRefused_AndNoPictureChanges()
    {
        var picture = Pictures.Write(_folder, "in", 1)[0];
        var before = File.ReadAllBytes(picture);

        var run = await CommandRun.OfAsync("detect", picture, "--out", Path.GetDirectoryName(picture)!);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain($"{picture} would be written over");
        File.ReadAllBytes(picture).Should().Equal(before);
        Directory.GetFiles(Path.GetDirectoryName(picture)!).Should().Equal(picture);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/../in")]
    public async Task LinkToTheFolderOfThePictures_IsRefused_AndNoPictureChanges(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var picture = Pictures.Write(_folder, "in", 1)[0];
        var before = File.ReadAllBytes(picture);
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("in"));

        var run = await CommandRun.OfAsync("detect", picture, "--out", Path.Combine(_folder.Path, name));

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("would be written over");
        File.ReadAllBytes(picture).Should().Equal(before);
    }

    [Fact]
    public async Task LinkToAFolderAroundIt_ShowsEachPictureOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var pictures = Pictures.Write(_folder, "in", 2);
        Directory.CreateSymbolicLink(_folder.File("in", "around"), _folder.File("in"));

        var run = await CommandRun.OfAsync("detect", Path.Combine(_folder.Path, "in", "**", "*.png"), "--out", Results, "--json");

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        run.Events("picture").Select(item => (string)item["picture"]!).Should().Equal(pictures);
    }

    [Fact]
    public async Task PicturesThatWouldBeDrawnToOnePlace_AreRefused()
    {
        var picture = Pictures.Write(_folder, "in", 1)[0];
        File.Copy(picture, _folder.File("in", "a.bmp"));
        File.Copy(picture, _folder.File("in", "a.bmp.jpg"));

        var run = await CommandRun.OfAsync("detect", _folder.File("in"), "--out", Results);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("a.bmp and ").And.Contain("would both be drawn to");
    }

    [Fact]
    public async Task NameThatCommandsATerminal_IsShownWithoutThat()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        var picture = Pictures.Write(_folder, "in", 1)[0];
        File.Move(picture, _folder.File("in", "a\e]0;b.png"));
        File.WriteAllText(_folder.File("in", "c\e[2J.png"), "no picture");

        var run = await CommandRun.OfAsync("detect", _folder.File("in"), "--out", Results);

        (run.Output + run.Error).Should().Contain("a\uFFFD]0;b.png").And.Contain("c\uFFFD[2J.png").And.NotContain("\e");
    }

    [Fact]
    public async Task PicturesOfOneNameInTwoFolders_AreBothKept()
    {
        Pictures.Write(_folder, "in/a", 1);
        Pictures.Write(_folder, "in/b", 1);
        var run = await CommandRun.OfAsync("detect", Path.Combine(_folder.Path, "in", "**", "*.png"), "--out", Results);

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        File.Exists(Path.Combine(Results, "a", "picture-00.png")).Should().BeTrue();
        File.Exists(Path.Combine(Results, "b", "picture-00.png")).Should().BeTrue();
    }

    [Fact]
    public async Task PicturesNamedByNumbers_HaveTheseAsIds()
    {
        var picture = Pictures.Write(_folder, "in", 1)[0];
        File.Move(picture, _folder.File("in", "000000000139.png"));
        await CommandRun.OfAsync("detect", _folder.File("in"), "--out", Results);

        ImageIds().Distinct().Should().Equal(139);
    }

    [Theory]
    [InlineData("--model nothing.safetensors", "There is no model nothing.safetensors")]
    [InlineData("--model ssd300 --data nowhere", "singleshot download ssd300")]
    [InlineData("--engine torch", "ONNX Runtime alone reads")]
    [InlineData("--score 1.5", "ScoreThreshold is 1.5; it has to be from 0 to 1")]
    [InlineData("--batch 0", "--batch is 0")]
    [InlineData("--engine brain", "brain")]
    public async Task ModelOrSettingThatCannotBe_IsRefused(string arguments, string reason)
    {
        var picture = Pictures.Write(_folder, "in", 1)[0];
        var run = await CommandRun.OfAsync(["detect", picture, "--out", Results, .. arguments.Split(' ')]);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain(reason);
        Directory.Exists(Results).Should().BeFalse();
    }

    private static DetectionSettings Settings(double score) => new(ScoreThreshold: score);

    private IEnumerable<int> ImageIds() => JsonNode.Parse(File.ReadAllText(Path.Combine(Results, "images.json")))!["images"]!.AsArray().Select(image => (int)image!["id"]!);
}
