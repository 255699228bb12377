using System.Diagnostics;
using System.Text.Json;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using SingleShot.Onnx.Format;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Onnx;

/// <summary>What is in the files.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private const string Python = "/usr/bin/python3"; // Debian's own: another python3 on the path has no onnx

    private static readonly string[] Names = ["cat", "dog"];

    private static readonly SsdSpecification[] Models =
    [
        Specifications.Small(Names), Specifications.Small(Names) with { NoObject = NoObject.LowConfidence }, Specifications.Ssd300(Names),
        Specifications.SsdLite320(Names), Specifications.Ssd512(Names),
    ];

    private static readonly Lazy<bool> HasChecker = new(() => File.Exists(Python) && Run(["-c", "import onnx"]).ExitCode == 0);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, OnnxOutputs, OnnxPrecision> Kinds =>
    [
        .. from model in Enumerable.Range(0, Models.Length)
           from outputs in Enum.GetValues<OnnxOutputs>()
           from precision in Enum.GetValues<OnnxPrecision>()
           where Models[model].Base != BaseNetwork.Vgg16 || outputs == OnnxOutputs.Detections // their files are large
           select (model, outputs, precision),
    ];

    [Fact]
    public void EveryValue_IsDeclaredOnce_WithItsShape_BeforeItIsUsed()
    {
        foreach (var outputs in Enum.GetValues<OnnxOutputs>())
        {
            var graph = Export(Models[3], new OnnxExportSettings(outputs)).Graph;

            List<string> known = [.. graph.Input.Select(input => input.Name).Union(graph.Initializer.Select(tensor => tensor.Name))];
            foreach (var node in graph.Node)
            {
                node.Input.Where(name => name.Length > 0).Should().BeSubsetOf(known, "node {0} runs after what it needs", node.Name);
                known.AddRange(node.Output);
            }
            known.Should().OnlyHaveUniqueItems();
            graph.Node.Select(node => node.Name).Should().OnlyHaveUniqueItems();
            graph.ValueInfo.Concat(graph.Output).Select(value => value.Name).Should().BeEquivalentTo(graph.Node.SelectMany(node => node.Output));
            graph.ValueInfo.Should().AllSatisfy(value => value.Type.TensorType.Shape.Should().NotBeNull());
        }
    }

    [Fact]
    public void Model_SaysWhatItIs()
    {
        var model = Export(Models[0], new OnnxExportSettings());

        model.OpsetImport.Should().ContainSingle().Which.Version.Should().Be(17);
        model.Graph.Input.Select(input => input.Name).Should().Equal("images", "score_threshold", "overlap");
        Sides(model.Graph.Input[0]).Should().Equal("batch", "height", "width", "3");
        model.Graph.Output.Select(output => $"{output.Name} {string.Join(' ', Sides(output))}").Should()
            .Equal("boxes batch 200 4", "scores batch 200", "labels batch 200", "counts batch");
        var metadata = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        metadata["specification"].Should().Be(Models[0].ToJson());
        JsonSerializer.Deserialize<string[]>(metadata["class_names"]).Should().Equal(Names);
        metadata["mean"].Should().Be("[0.5,0.5,0.5]");
        metadata["standard_deviation"].Should().Be("[0.25,0.25,0.25]");
        metadata["input_size"].Should().Be("96");
        metadata["outputs"].Should().Be("Detections");
    }

    [Fact]
    public void RawModel_GivesOffsetsAndScoresOfEveryDefaultBox() =>
        Export(Models[0], new OnnxExportSettings(OnnxOutputs.Predictions)).Graph.Output.Select(output => $"{output.Name} {string.Join(' ', Sides(output))}").Should()
            .Equal("offsets batch 760 4", "scores batch 760 3");

    [Fact]
    public void Normalization_IsFoldedIntoTheConvolutionBeforeIt() =>
        Export(Models[3], new OnnxExportSettings()).Graph.Node.Select(node => node.OpType).Should().Contain("Conv").And.NotContain("BatchNormalization");

    [Fact]
    public void Export_ReplacesAFile_AndMakesItsFolder()
    {
        using var network = new SsdNetwork(Models[0], seed: 1);
        var path = Path.Combine(_folder.Path, "new", "model.onnx");

        OnnxExport.Write(path, network.Layers());
        var first = File.ReadAllBytes(path);
        OnnxExport.Write(path, network.Layers(), new OnnxExportSettings(OnnxOutputs.Predictions));
        OnnxExport.Write(path, network.Layers());

        File.ReadAllBytes(path).Should().Equal(first, "the same network gives the same file");
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
    }

    [Fact]
    public void WeightThatFloat16CannotHold_IsNamed_AndTheFileOfBeforeStays()
    {
        using var network = new SsdNetwork(Models[0], seed: 1);
        using (no_grad())
        {
            network.state_dict()["head.regression_head.module_list.1.weight"][0, 0, 0, 0] = 70_000f;
        }
        var path = _folder.Write("what was there", "model.onnx");

        FluentActions.Invoking(() => OnnxExport.Write(path, network.Layers(), new OnnxExportSettings(Precision: OnnxPrecision.Fp16))).Should().Throw<ArgumentException>()
            .WithMessage("head.regression_head.module_list.1.weight has the number 70000, and float16 ends at 65504. Export this network in float32.");

        File.ReadAllText(path).Should().Be("what was there");
    }

    [Fact]
    public void NetworkWithNaN_IsRefusedWithTheTensorsName()
    {
        using var network = new SsdNetwork(Models[0], seed: 1);
        using (no_grad())
        {
            network.state_dict()["backbone.features.1.running_mean"].fill_(float.NaN);
        }

        FluentActions.Invoking(network.Layers).Should().Throw<InvalidOperationException>()
            .WithMessage("Small SSD 96 would find nothing elsewhere: tensor backbone.features.1.running_mean is NaN or infinite in 24 of 24 numbers*");
    }

    [Fact]
    public void FolderThatCannotBeMade_AndFileThatCannotBeReplaced_AreNamed()
    {
        using var network = new SsdNetwork(Models[0], seed: 1);
        var inFile = Path.Combine(_folder.Write("a file", "taken"), "model.onnx");
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "folder")).FullName;

        FluentActions.Invoking(() => OnnxExport.Write(inFile, network.Layers())).Should().Throw<IOException>()
            .WithMessage($"{inFile} cannot be written, because its folder cannot be made:*Name another place.");
        FluentActions.Invoking(() => OnnxExport.Write(folder, network.Layers())).Should().Throw<IOException>()
            .WithMessage($"{folder} cannot be written:*What was there before is as it was.");
        Directory.GetFiles(_folder.Path).Should().Equal(Path.Combine(_folder.Path, "taken"));
    }

    [Fact]
    public void DiskThatFills_LeavesTheModelOfBefore_AndNoPart()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the size of a file is limited by the shell's ulimit");
        using var network = new SsdNetwork(Models[0], seed: 1);
        var path = _folder.Write("what was there", "model.onnx");
        // What .NET compiles goes into a file in memory otherwise, which would be as limited.
        var program = typeof(OnnxExportTests).Assembly.Location;

        using var process = Process.Start(new ProcessStartInfo(
            "bash", ["-c", $"ulimit -f 256; trap '' XFSZ; exec dotnet {program} -class '*.{nameof(ExportIntoLittleSpace)}' -noColor"])
        {
            RedirectStandardOutput = true,
            Environment = { [ExportIntoLittleSpace.Target] = path, ["DOTNET_EnableWriteXorExecute"] = "0" },
        })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(0, text);
        File.ReadAllText(path).Should().Be("what was there");
        Directory.GetFiles(_folder.Path).Should().Equal(path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Needs", "onnx")]
    public void OnnxsOwnChecker_FindsNothing_AndInfersTheShapesThatAreDeclared(int model, OnnxOutputs outputs, OnnxPrecision precision)
    {
        Assert.SkipUnless(HasChecker.Value, $"needs ONNX under {Python}: apt-get install python3-onnx");
        Export(Models[model], new OnnxExportSettings(outputs, precision));

        var (exitCode, text) = Run([Path.Combine(AppContext.BaseDirectory, "Onnx", "check.py"), _folder.File("model.onnx")]);

        exitCode.Should().Be(0, text);
        text.Should().StartWith("checked");
    }

    public void Dispose() => _folder.Dispose();

    private ModelProto Export(SsdSpecification model, OnnxExportSettings settings)
    {
        using var network = new SsdNetwork(model, seed: 1);
        var path = _folder.File("model.onnx");
        OnnxExport.Write(path, network.Layers(), settings);
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
    }

    private static IEnumerable<string> Sides(ValueInfoProto value) =>
        value.Type.TensorType.Shape.Dim.Select(side => side.HasDimParam ? side.DimParam : $"{side.DimValue}");

    private static (int ExitCode, string Text) Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }
}
