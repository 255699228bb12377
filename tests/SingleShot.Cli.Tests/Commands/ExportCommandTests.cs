using AwesomeAssertions;
using SingleShot.Cli.Tests.Models;
using SingleShot.Models;
using SingleShot.Onnx;
using SingleShot.Training;
using SingleShot.Weights;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public ExportCommandTests() => _model = SmallModel.Save(_folder, ["cat", "dog"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--fp16")]
    [InlineData("--predictions")]
    public async Task OnnxModel_IsTheOneOfTheLibrary(params string[] options)
    {
        var path = _folder.File("new", "model.onnx");
        (await CommandRun.OfAsync(["export", path, "--model", _model, .. options])).Exit.Should().Be(ExitCodes.Done);

        var expected = _folder.File("expected.onnx");
        using var network = Checkpoint.LoadNetwork(_model);
        OnnxExport.Write(expected, network.Layers(), new OnnxExportSettings(
            options.Contains("--predictions") ? OnnxOutputs.Predictions : OnnxOutputs.Detections, options.Contains("--fp16") ? OnnxPrecision.Fp16 : OnnxPrecision.Fp32));
        File.ReadAllBytes(path).Should().Equal(File.ReadAllBytes(expected));
        using var detector = new OnnxDetector(path, classNames: ["cat", "dog"]);
        detector.ClassNames.Should().Equal("cat", "dog");
    }

    [Fact]
    public async Task Pth_HasTheWeights()
    {
        var path = _folder.File("model.pth");
        (await CommandRun.OfAsync("export", path, "--model", _model)).Exit.Should().Be(ExitCodes.Done);

        using var network = PublishedWeights.LoadNetwork(Specifications.Small(["cat", "dog"]), path);
        using var source = Checkpoint.LoadNetwork(_model);
        foreach (var (name, value) in source.state_dict())
        {
            network.state_dict()[name].bytes.ToArray().Should().Equal(value.bytes.ToArray(), name);
        }
    }

    [Theory]
    [InlineData("model.txt", "", "model.txt")]
    [InlineData("model.pth", "--fp16", "does not end in .onnx")]
    public async Task FileOfAnotherKind_IsRefused(string file, string option, string reason)
    {
        var run = await CommandRun.OfAsync(["export", _folder.File("new", file), "--model", _model, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain(reason);
        Directory.GetFiles(_folder.File("new")).Should().BeEmpty();
    }

    [Fact]
    public async Task ModelItself_IsNotWrittenOver_ByALinkEither()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var before = File.ReadAllBytes(_model);
        File.CreateSymbolicLink(_folder.File("link.safetensors"), _model);
        foreach (var name in new[] { _model, _folder.File("link.safetensors") })
        {
            var run = await CommandRun.OfAsync("export", _model, "--model", name);

            run.Exit.Should().Be(ExitCodes.Usage);
            run.Error.Should().Contain("is the model itself");
        }
        File.ReadAllBytes(_model).Should().Equal(before);
    }

    [Fact]
    public async Task StoppedExport_WritesNothing()
    {
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(["export", _folder.File("new", "model.onnx"), "--model", _model], TextWriter.Null, error, stop: new CancellationToken(canceled: true));

        exit.Should().Be(ExitCodes.Stopped, error.ToString());
        Directory.GetFiles(_folder.File("new")).Should().BeEmpty();
    }

    [Fact]
    public async Task OnnxModel_CannotBeExportedAgain() =>
        (await CommandRun.OfAsync("export", _folder.File("again.onnx"))).Error.Should().Contain("is an ONNX model already");
}
