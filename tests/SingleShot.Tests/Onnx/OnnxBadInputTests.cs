using AwesomeAssertions;
using Google.Protobuf;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using SingleShot.Onnx.Format;
using Xunit;

namespace SingleShot.Tests.Onnx;

public sealed class OnnxBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void MissingFile_IsNamed() => Open(Path.Combine(_folder.Path, "none.onnx")).Should().Throw<FileNotFoundException>().WithMessage("*none.onnx*");

    [Theory]
    [InlineData("")]
    [InlineData("No model at all.")]
    public void FileThatIsNoModel_IsRefused(string text)
    {
        var path = _folder.Write(text, "model.onnx");

        Open(path).Should().Throw<InvalidDataException>().WithMessage($"{path} is not an ONNX model*");
    }

    [Fact]
    public void ModelThatIsCutOffAnywhere_IsRefused()
    {
        var whole = File.ReadAllBytes(Exported());
        var path = _folder.File("cut.onnx");
        foreach (var part in new[] { 0.01, 0.3, 0.7, 0.99 })
        {
            File.WriteAllBytes(path, whole[..(int)(part * whole.Length)]);

            Open(path).Should().Throw<InvalidDataException>().WithMessage($"{path} is*xport the network*", "of {0} of the file", part);
        }
    }

    [Fact]
    public void ModelWithoutOurMetadata_IsNotGuessedAt()
    {
        var path = Changed(model => model.MetadataProps.Clear());

        Open(path).Should().Throw<InvalidDataException>().WithMessage(
            $"{path} is an ONNX model, but its metadata has no specification or no outputs: it was not exported by SingleShot, or another tool has taken them out. "
            + "Export the network with OnnxExport.");
    }

    [Fact]
    public void SpecificationThatIsDamaged_IsRefused()
    {
        var path = Changed(model => model.MetadataProps.Single(entry => entry.Key == "specification").Value = "{}");

        Open(path).Should().Throw<InvalidDataException>().WithMessage($"{path}: the specification in its metadata cannot be read:*Export the network again.");
    }

    [Fact]
    public void MetadataOfAnotherModel_AreFoundOut()
    {
        var path = Changed(
            model => model.MetadataProps.Single(entry => entry.Key == "specification").Value = Specifications.Small(["a", "b", "c"]).ToJson(), OnnxOutputs.Predictions);

        Open(path).Should().Throw<InvalidDataException>().WithMessage(
            $"{path}: its metadata are those of Small SSD 96 for 3 classes, but its output scores is [-1, 760, 3]. The metadata belong to another model; export the network again.");
    }

    [Fact]
    public void ModelOfOtherClasses_IsRefusedWhereTheyAreCountedOn()
    {
        var path = Exported();

        FluentActions.Invoking(() => new OnnxDetector(path, classNames: ["cat", "bird", "cow"])).Should().Throw<InvalidDataException>().WithMessage(
            $"{path} is a model of other classes: it has 2, not 3, and class 1 is dog, not bird. Load a model of these classes, or ask for the model's.");
        using var right = new OnnxDetector(path, classNames: ["cat", "dog"]);
        right.ClassNames.Should().Equal("cat", "dog");
    }

    [Fact]
    public void InputThatAnotherToolHasFixed_IsHeldAgainstThePicture()
    {
        var path = Changed(model =>
        {
            var sides = model.Graph.Input[0].Type.TensorType.Shape.Dim;
            (sides[1].DimValue, sides[2].DimValue) = (480, 640);
        });
        using var detector = new OnnxDetector(path);
        detector.Detect(ScenePicture.Draw(0, 640, 480));

        FluentActions.Invoking(() => detector.Detect(ScenePicture.Draw(0, 320, 240))).Should().Throw<ArgumentException>().WithMessage(
            $"{path} takes [any, 480, 640, 3] (pictures, height, width, 3), and there are 1 of 320 x 240. "
            + "Another tool has fixed these sides: give it such pictures, or export the network again.");
    }

    [Fact]
    public void ModelThatDoesNotTakeBytes_IsRefused()
    {
        var path = Changed(model =>
        {
            // Another tool's wish: floats go in.
            model.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float;
            foreach (var value in model.Graph.ValueInfo.Where(value => value.Type.TensorType.ElemType == (int)TensorProto.Types.DataType.Uint8))
            {
                value.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float;
            }
        });

        Open(path).Should().Throw<InvalidDataException>().WithMessage($"{path} does not take images as bytes*export the network again.");
    }

    public void Dispose() => _folder.Dispose();

    private static Action Open(string path) => () => new OnnxDetector(path).Dispose();

    private string Exported(OnnxOutputs outputs = OnnxOutputs.Detections)
    {
        using var network = new SsdNetwork(Specifications.Small(["cat", "dog"]), seed: 1);
        var path = _folder.File("exported.onnx");
        OnnxExport.Write(path, network.Layers(), new OnnxExportSettings(outputs));
        return path;
    }

    private string Changed(Action<ModelProto> change, OnnxOutputs outputs = OnnxOutputs.Detections)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Exported(outputs)));
        change(model);
        var path = _folder.File("changed.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
