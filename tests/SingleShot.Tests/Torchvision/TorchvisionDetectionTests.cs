using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Tests.Detection;
using SingleShot.Weights.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Torchvision;

/// <summary>The whole way from pixels to detections beside torchvision's, on the same weights.</summary>
[Trait("Needs", "torchvision")]
[Collection(nameof(TorchvisionPeer))] // one at a time: each takes gigabytes
public sealed class TorchvisionDetectionTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Coco = [.. Enumerable.Range(1, 90).Select(i => $"class {i}")];
    private readonly TorchvisionPeer _peer = new();

    [Fact]
    public void Ssd300_FindsWhatTorchvisionFinds() => Compare("ssd300", Specifications.Ssd300(Coco), pictures: 2);

    [Fact]
    public void SsdLite320_FindsWhatTorchvisionFinds() => Compare("ssdlite320", Specifications.SsdLite320(Coco), pictures: 4);

    public void Dispose() => _peer.Dispose();

    private void Compare(string name, SsdSpecification model, int pictures)
    {
        TorchvisionPeer.SkipIfMissing();
        var images = TorchvisionPictures.Mixed(pictures);
        using var scope = NewDisposeScope();
        using var expected = _peer.Do("detect", name, [.. images.Select((image, i) => TorchvisionPeer.Picture(i, image))]);
        using var network = TorchvisionPeer.Network(model, expected);

        var anchors = BoxFormat.CenterToCorners(model.DefaultBoxes().ToTensor(float64)) * model.InputSize;
        (anchors - expected.Tensors["anchors"]).abs().max().ToDouble().Should().BeLessThan(1e-12);

        CompareAll("float32", network, images, expected, boxes: 1e-3, scores: 1e-5);
        network.to(float64);
        CompareAll("float64", network, images, expected, boxes: 1e-9, scores: 1e-9);
    }

    private void CompareAll(
        string dtype, SsdNetwork network, IReadOnlyList<RgbImage> images, NamedTensors expected, double boxes, double scores)
    {
        var detector = new Detector(network);
        List<Agreement> agreements =
        [
            Agreement.Of(detector.Detect(images[0]), Torchvisions(expected, $"{dtype}.alone"), boxes, scores),
            .. detector.Detect(images).Select((found, i) => Agreement.Of(found, Torchvisions(expected, $"{dtype}.together.{i}"), boxes, scores)),
        ];
        output.WriteLine(
            $"{network.Specification.Name} {dtype}: {agreements.Sum(agreement => agreement.Count)} detections, boxes differ by at most "
            + $"{agreements.Max(agreement => agreement.Box):G3} pixels, scores by {agreements.Max(agreement => agreement.Score):G3}; "
            + $"{agreements.Sum(agreement => agreement.Swapped)} swapped with a neighbor of the same score to {scores:G1}");
    }

    private static List<DetectedObject> Torchvisions(NamedTensors expected, string prefix)
    {
        var boxes = expected.Tensors[$"{prefix}.boxes"].Numbers().Chunk(4).Select(box => new BoundingBox(box[0], box[1], box[2], box[3]));
        var scores = expected.Tensors[$"{prefix}.scores"].Numbers();
        var labels = expected.Tensors[$"{prefix}.labels"].Integers().Select(label => (int)label - 1);
        return [.. boxes.Zip(scores, labels).Select(found => new DetectedObject(found.First, found.Third, Coco[found.Third], found.Second))];
    }
}
