using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Models;
using SingleShot.Models;
using SingleShot.Tests.Onnx;
using Xunit;

namespace SingleShot.Cli.Tests.Samples;

/// <summary>The sample that detects with exported weights in torchvision.</summary>
[Trait("Needs", "torchvision")]
public sealed class TorchvisionSampleTests : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's own: another python3 on the path has no torchvision

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExportedWeights_GiveTheSameBoxesThere()
    {
        Assert.SkipUnless(
            File.Exists(Python) && (await ProcessRun.OfAsync(new ProcessStartInfo(Python, ["-c", "import torchvision"]))).Exit == 0,
            $"needs torchvision under {Python}: apt-get install python3-torchvision");
        string[] classes = ["cat", "dog", "cow"];
        var model = SmallModel.Save(_folder, Specifications.Ssd300(classes));
        var (picture, weights) = (_folder.File("picture.png"), _folder.File("weights.pth"));
        SingleShot.Images.ImageFile.Write(picture, ScenePicture.Draw(2, 400, 300));

        (await CommandRun.OfAsync("export", weights, "--model", model)).Exit.Should().Be(ExitCodes.Done);
        var there = await ProcessRun.OfAsync(new ProcessStartInfo(
            Python, [Path.Combine(Repository.Root, "samples", "torchvision", "detect.py"), weights, picture, classes.Length.ToString(CultureInfo.InvariantCulture)]));
        there.Exit.Should().Be(0, there.Error);
        var here = await CommandRun.OfAsync(
            "detect", picture, "--model", model, "--score", "0.01", "--device", "cpu", "--out", _folder.File("found"), "--json");

        var expected = there.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var found = here.Events("picture").Single()["detections"]!.AsArray();
        expected.Should().HaveCountGreaterThan(20);
        found.Should().HaveCount(expected.Count);
        foreach (var (one, other) in found.Zip(expected))
        {
            ((int)one!["label"]!).Should().Be((int)other["label"]!);
            ((double)one["score"]!).Should().BeApproximately((double)other["score"]!, 1e-5);
            foreach (var (side, same) in one["box"]!.AsArray().Zip(other["box"]!.AsArray()))
            {
                ((double)side!).Should().BeApproximately((double)same!, 1e-3);
            }
        }
    }
}
