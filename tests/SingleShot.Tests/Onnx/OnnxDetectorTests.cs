using AwesomeAssertions;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using SingleShot.Tests.Detection;
using Xunit;

namespace SingleShot.Tests.Onnx;

/// <summary>The same network in libtorch and in ONNX Runtime.</summary>
public sealed class OnnxDetectorTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 20).Select(i => $"class {i}")];

    private static readonly SsdSpecification[] Models =
    [
        Specifications.Small(Names), Specifications.Small(Names, 192), Specifications.Ssd300(Names), Specifications.Ssd300WithoutBackground(Names),
        Specifications.Ssd512(Names), Specifications.SsdLite320(Names),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> AllModels => [.. Models.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(AllModels))]
    public void ExportedNetwork_FindsWhatTheNetworkFinds_InOnePicture_AndInABatchOfSeveralSizes(string name)
    {
        using var network = TrainedNetwork.Of(Models.Single(model => model.Name == name));
        RgbImage[] pictures = [ScenePicture.Draw(0, 640, 480), ScenePicture.Draw(1, 201, 330), ScenePicture.Draw(2, 640, 480)];
        var detector = new Detector(network);
        var (alone, together) = (detector.Detect(pictures[0]), detector.Detect(pictures));
        foreach (var outputs in new[] { OnnxOutputs.Detections, OnnxOutputs.Predictions })
        {
            using var onnx = new OnnxDetector(Export(network, new OnnxExportSettings(outputs)));

            List<Agreement> agreements = [Agreement.Of(onnx.Detect(pictures[0]), alone, boxes: 1e-3, scores: 1e-5)];
            agreements.AddRange(onnx.Detect(pictures).Zip(together, (found, expected) => Agreement.Of(found, expected, boxes: 1e-3, scores: 1e-5)));

            output.WriteLine(
                $"{name}, {outputs}: {agreements.Sum(agreement => agreement.Count)} detections, boxes differ by at most {agreements.Max(agreement => agreement.Box):G3} "
                + $"pixels, scores by {agreements.Max(agreement => agreement.Score):G3}; {agreements.Sum(agreement => agreement.Swapped)} swapped with a neighbor");
        }
    }

    /// <remarks>
    /// Rounded weights move a score, and a box in proportion to its default box. Where two boxes are about as sure as each other, another one can
    /// be suppressed; so what is compared is each box that both keep.
    /// </remarks>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void ModelInFloat16_FindsTheSame_ToItsRounding(int model)
    {
        const double scores = 0.005, pixels = 0.5; // seen: 0.0013 and 0.24 pixels, of a picture of 640 x 480
        using var network = TrainedNetwork.Of(Models[model]);
        var picture = ScenePicture.Draw(0, 640, 480);
        var (full, half) = (Export(network, new OnnxExportSettings(), "full.onnx"), Export(network, new OnnxExportSettings(Precision: OnnxPrecision.Fp16), "half.onnx"));
        using var detector = new OnnxDetector(half);

        var found = detector.Detect(picture);

        var expected = new Detector(network).Detect(picture);
        var pairs = expected.Select(one => (One: one, Other: found.Where(other => other.Label == one.Label).MaxBy(other => other.Box.Overlap(one.Box))))
            .Where(pair => pair.Other?.Box.Overlap(pair.One.Box) > 0.95).ToList();
        output.WriteLine(
            $"{Models[model].Name}: {pairs.Count} of {expected.Count} kept by both; scores differ by at most {pairs.Max(pair => Math.Abs(pair.One.Score - pair.Other!.Score)):G2}, "
            + $"boxes by {pairs.Max(pair => Distance(pair.One, pair.Other!)):G2} pixels");
        pairs.Should().HaveCountGreaterThan(expected.Count * 9 / 10);
        pairs.Should().AllSatisfy(pair =>
        {
            pair.Other!.Score.Should().BeApproximately(pair.One.Score, scores);
            Distance(pair.One, pair.Other).Should().BeLessThan(pixels);
        });
        new FileInfo(half).Length.Should().BeLessThan(new FileInfo(full).Length * 6 / 10);
    }

    [Theory]
    [InlineData(OnnxOutputs.Detections)]
    [InlineData(OnnxOutputs.Predictions)]
    public void ThresholdsAndLimits_ActAsThoseOfTheDetector(OnnxOutputs outputs)
    {
        using var network = TrainedNetwork.Of(Models[0]);
        var path = Export(network, new OnnxExportSettings(outputs));
        var picture = ScenePicture.Draw(0, 320, 240);
        foreach (var settings in new DetectionSettings[] { new(ScoreThreshold: 0.3), new(Overlap: 0.1), new(Overlap: 0.9), new(DetectionsPerImage: 7), new(ScoreThreshold: 1) })
        {
            using var onnx = new OnnxDetector(path, settings);

            var found = onnx.Detect(picture);

            var expected = new Detector(network, settings).Detect(picture);
            found.Select(detection => detection.Label).Should().Equal(expected.Select(detection => detection.Label));
            found.Select(detection => detection.Score).Should().BeApproximately([.. expected.Select(detection => detection.Score)], 1e-5);
        }
    }

    [Fact]
    public void LimitsThatAreBuiltIn_AreThoseOfTheExport_AndMoreIsRefused()
    {
        using var network = TrainedNetwork.Of(Models[0]);
        var settings = new DetectionSettings(CandidatesPerClass: 5, DetectionsPerImage: 30);
        var path = Export(network, new OnnxExportSettings(Detection: settings));
        var picture = ScenePicture.Draw(0, 320, 240);

        using (var onnx = new OnnxDetector(path))
        {
            Agreement.Of(onnx.Detect(picture), new Detector(network, settings).Detect(picture), boxes: 1e-3, scores: 1e-5, least: 30);
        }

        FluentActions.Invoking(() => new OnnxDetector(path, settings with { DetectionsPerImage = 31 })).Should().Throw<ArgumentException>()
            .WithMessage($"{path} has its limits built in: 5 candidates of a class, at most 30 detections. It cannot have 5 and 31: export it with these, or with Predictions.");
    }

    [Fact]
    public void PictureWithoutObjects_AndNoPicture_GiveEmptyLists()
    {
        using var network = TrainedNetwork.Of(Models[0]);
        using var onnx = new OnnxDetector(Export(network, new OnnxExportSettings()), new DetectionSettings(ScoreThreshold: 1));

        onnx.Detect([ScenePicture.Draw(0, 1, 1), ScenePicture.Draw(1, 2, 500)]).Should().HaveCount(2).And.AllSatisfy(found => found.Should().BeEmpty());
        onnx.Detect([]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(OnnxOutputs.Detections)]
    [InlineData(OnnxOutputs.Predictions)]
    public void PredictionsThatAreNotFinite_AreNoEmptyPicture_ButAnErrorThatSaysWhich(OnnxOutputs outputs)
    {
        using var network = new SsdNetwork(Models[0] with { Mean = [0, 0, 0] }, seed: 5);
        using (TorchSharp.torch.no_grad())
        {
            network.state_dict()["backbone.features.0.weight"].fill_(3e37f);
        }
        using var onnx = new OnnxDetector(Export(network, new OnnxExportSettings(outputs)));
        var (black, white) = (new RgbImage(8, 8, new byte[192]), new RgbImage(8, 8, [.. Enumerable.Repeat((byte)255, 192)]));
        onnx.Detect(black).Should().NotBeEmpty();

        FluentActions.Invoking(() => onnx.Detect([black, white])).Should().Throw<InvalidOperationException>()
            .WithMessage("Nothing can be detected in picture 1 of 2: the predictions of * hold NaN or infinity.*");
    }

    public void Dispose() => _folder.Dispose();

    private string Export(SsdNetwork network, OnnxExportSettings settings, string name = "model.onnx")
    {
        var path = _folder.File(name);
        OnnxExport.Write(path, network.Layers(), settings);
        return path;
    }

    private static double Distance(DetectedObject one, DetectedObject other) => new[]
    {
        one.Box.Left - other.Box.Left, one.Box.Top - other.Box.Top, one.Box.Right - other.Box.Right, one.Box.Bottom - other.Box.Bottom,
    }.Max(Math.Abs);
}
