using AwesomeAssertions;
using SingleShot.Data.Shapes;
using SingleShot.Detection;
using SingleShot.Onnx;
using SingleShot.Tests.Detection;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Cli.Tests.Models;

/// <summary>The model that comes with the program.</summary>
public class ShapesModelTests
{
    [Fact]
    public void Model_IsTheDetectorOfTheNotebooks()
    {
        using var network = Checkpoint.LoadNetwork(Path.Combine(Repository.Root, "notebooks", "shapes-detector.safetensors"));
        using var model = new OnnxDetector(Path.Combine(AppContext.BaseDirectory, "shapes.onnx"));
        var detector = new Detector(network);
        var compared = 0;
        foreach (var index in Enumerable.Range(0, 10))
        {
            var picture = ShapesGenerator.Draw(seed: 2, index).Image;
            var expected = detector.Detect(picture);

            Agreement.Of(model.Detect(picture), expected, boxes: 1e-3, scores: 1e-5, least: 1);
            compared += expected.Count;
        }
        compared.Should().BeGreaterThanOrEqualTo(20, "a comparison of few detections would show little");
    }
}
