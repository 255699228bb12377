using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Models;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Detection;

/// <summary>A 2 x 2 map of squares: default boxes 0, 2, 4, 6 of side 0.4, and 1, 3, 5, 7 of side 0.5, in the four quarters.</summary>
public class PredictionDecoderTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["cat", "dog"]) with { Maps = [new FeatureMap(2, 48, 0.4, 0.625, [])] };

    [Fact]
    public void SureBoxes_AreDecodedNamedAndOrdered()
    {
        var scores = Background();
        scores[0, 1] = 3; // a cat in the upper left
        scores[6, 2] = 5; // a dog in the lower right
        var offsets = zeros(8, 4, float64);
        offsets[6, 0] = 2.5; // moved right by a quarter of 0.4

        var found = Decode(offsets, scores, new DetectionSettings(ScoreThreshold: 0.5));

        found.Labels.Integers().Should().Equal(1, 0);
        found.DefaultBoxes.Integers().Should().Equal(6, 0);
        found.Boxes.Numbers().Should().BeApproximately([0.65, 0.55, 1, 0.95, 0.05, 0.05, 0.45, 0.45], 1e-7); // 1.05 is clipped; default boxes are float32
        found.Scores.Numbers().Should().BeApproximately([Math.Exp(5) / (Math.Exp(5) + 2), Math.Exp(3) / (Math.Exp(3) + 2)]);
    }

    [Fact]
    public void PredictionsThatAreNotFinite_AreRefusedWithTheirNumber()
    {
        var scores = Background();
        scores[3, 1] = double.NaN;

        FluentActions.Invoking(() => Decode(zeros(8, 4, float64), scores, new DetectionSettings()))
            .Should().Throw<ArgumentException>().WithMessage("0 of 32 offsets and 1 of 24 scores are NaN or infinite*");
    }

    [Fact]
    public void OverlappingBoxesOfOneClass_LeaveTheSurer_OfTwoClassesBoth()
    {
        var scores = Background();
        (scores[0, 1], scores[1, 1], scores[1, 2]) = (0.5, 4, 4); // squares 0.4 and 0.5 about one point overlap by 0.64

        var found = Decode(zeros(8, 4, float64), scores, new DetectionSettings(ScoreThreshold: 0.4));

        found.DefaultBoxes.Integers().Should().Equal(1, 1);
        found.Labels.Integers().Should().Equal(0, 1); // equal scores: the lower class first
    }

    [Fact]
    public void Settings_BoundCandidatesAndDetections()
    {
        var scores = Background();
        (scores[0, 1], scores[2, 1], scores[4, 1], scores[6, 2]) = (3, 4, 5, 2);

        var one = Decode(zeros(8, 4, float64), scores, new DetectionSettings(ScoreThreshold: 0.5, CandidatesPerClass: 2));
        var best = Decode(zeros(8, 4, float64), scores, new DetectionSettings(ScoreThreshold: 0.5, DetectionsPerImage: 1));

        one.DefaultBoxes.Integers().Should().Equal(4, 2, 6);
        best.DefaultBoxes.Integers().Should().Equal(4);
    }

    [Fact]
    public void NothingSure_GivesNothing()
    {
        var found = Decode(zeros(8, 4, float64), Background(), new DetectionSettings(ScoreThreshold: 0.5));

        found.Labels.shape.Should().Equal(0);
        found.Boxes.shape.Should().Equal(0, 4);
    }

    [Fact]
    public void WithoutABackgroundClass_AllColumnsAreClasses()
    {
        var model = Model with { NoObject = NoObject.LowConfidence };
        var scores = zeros(8, 2, float64);
        scores[3, 1] = 4;

        var found = new PredictionDecoder(model, new DetectionSettings(ScoreThreshold: 0.6)).Decode(zeros(8, 4, float64), scores);

        (found.Labels.Integers().Single(), found.DefaultBoxes.Integers().Single()).Should().Be((1L, 3L));
    }

    private static Tensor Background() => zeros(8, 3, float64);

    [Fact]
    public void WaysOfCpuAndGpu_FindTheSame() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 9], Gen.Int[1, 12], Gen.Double[0.05, 0.6], Gen.Bool).Sample((seed, most, left, threshold, single) =>
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var dtype = single ? ScalarType.Float32 : ScalarType.Float64;
        var model = Specifications.Small(["cat", "dog", "bird"]);
        var decoder = new PredictionDecoder(model, new DetectionSettings(threshold, most, 0.3, left));
        var offsets = randn([model.BoxCount, 4], generator: generator).to(dtype);
        var scores = (randn([model.BoxCount, model.ScoreCount], generator: generator) * 2).round().to(dtype); // round: equal scores, many of them

        var (found, expected) = (decoder.DecodeFinite(offsets, scores), decoder.DecodeByTensors(offsets, scores));

        found.Labels.Integers().Should().Equal(expected.Labels.Integers());
        found.DefaultBoxes.Integers().Should().Equal(expected.DefaultBoxes.Integers());
        found.Boxes.Numbers().Should().Equal(expected.Boxes.Numbers());
        found.Scores.Numbers().Should().Equal(expected.Scores.Numbers());
    }, iter: 200);

    private static DetectedBoxes Decode(Tensor offsets, Tensor scores, DetectionSettings settings) =>
        new PredictionDecoder(Model, settings).Decode(offsets, scores);
}
