using AwesomeAssertions;
using SingleShot.Cli.Tests.Models;
using SingleShot.Data.Coco;
using SingleShot.Data.Shapes;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Onnx;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvaluateCommandTests() => ShapesGenerator.Write(Path.Combine(_folder.Path, "shapes", "val"), 12, seed: 4);

    private string Root => Path.Combine(_folder.Path, "shapes");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Model_GetsCocosTwelveNumbers_AsTheLibraryComputesThem()
    {
        var run = await CommandRun.OfAsync("evaluate", Root, "--split", "val");
        run.Exit.Should().Be(ExitCodes.Done, run.Error);

        using var detector = new OnnxDetector(Path.Combine(AppContext.BaseDirectory, "shapes.onnx"));
        var file = Path.Combine(Root, "val", "instances.json");
        var annotations = CocoAnnotations.Read(file);
        var found = DetectorRun.Over(detector, CocoReader.Read(file, Path.Combine(Root, "val", "images")));
        var scores = CocoEvaluation.Evaluate(annotations, CocoEvaluation.ToResults(found.Images, annotations));
        scores.AP50.Should().BeGreaterThan(0.7);
        run.Output.Should().Contain(scores.ToString());
        var json = (await CommandRun.OfAsync("evaluate", Root, "--json")).Events("scores").Single();
        ((double)json["ap"]!, (double)json["ap50"]!, (double)json["ar100"]!).Should().Be((scores.AP, scores.AP50, scores.AR100));
        json["classes"]!.AsArray().Select(one => (string)one!["name"]!).Should().Equal("circle", "square", "triangle", "star");
    }

    [Fact]
    public async Task WrittenDetections_GetTheSameNumbers()
    {
        var file = Path.Combine(_folder.Path, "new", "found.json");
        var model = await CommandRun.OfAsync("evaluate", Root, "--results", file, "--json");
        var scored = await CommandRun.OfAsync("evaluate", Root, "--detections", file, "--json");

        scored.Exit.Should().Be(ExitCodes.Done, scored.Error);
        scored.Events("scores").Single().ToJsonString().Should().Be(model.Events("scores").Single().ToJsonString());
    }

    [Fact]
    public async Task SetOfAnotherFormat_IsScored_ButHasNoIdsForAFile()
    {
        File.WriteAllText(_folder.File("yolo", "data.yaml"), "names: [circle, square, triangle, star]\nval: images\n");
        var example = ShapesGenerator.Draw(seed: 4, 0);
        SingleShot.Images.ImageFile.Write(_folder.File("yolo", "images", "a.png"), example.Image);
        File.WriteAllLines(_folder.File("yolo", "labels", "a.txt"), example.Truths.Select(truth => FormattableString.Invariant(
            $"{truth.Label} {(truth.Box.Left + truth.Box.Right) / 192} {(truth.Box.Top + truth.Box.Bottom) / 192} {truth.Box.Width / 96} {truth.Box.Height / 96}")));

        var run = await CommandRun.OfAsync("evaluate", _folder.File("yolo"), "--json");
        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        ((double)run.Events("scores").Single()["ap50"]!).Should().BeGreaterThan(0.5);
        var refused = await CommandRun.OfAsync("evaluate", _folder.File("yolo"), "--results", _folder.File("found.json"));
        refused.Exit.Should().Be(ExitCodes.Usage);
        refused.Error.Should().Contain("--results needs ids of images and classes");
    }

    [Fact]
    public async Task ModelOfOtherClasses_IsRefused_WithBoth()
    {
        var run = await CommandRun.OfAsync("evaluate", Root, "--model", SmallModel.Save(_folder, ["cat", "dog"]));

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("circle, square, triangle, star").And.Contain("cat, dog");
    }

    [Fact]
    public async Task SplitThatIsNotThere_IsToldWithWhatWasLookedFor()
    {
        var run = await CommandRun.OfAsync("evaluate", Root, "--split", "test");

        run.Exit.Should().Be(ExitCodes.Failed);
        run.Error.Should().Contain("holds no data set with a split 'test'");
    }
}
