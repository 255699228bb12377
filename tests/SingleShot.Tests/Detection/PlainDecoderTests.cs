using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Models;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Detection;

/// <summary>A 2 x 2 map of squares: default boxes 0, 2, 4, 6 of side 0.4, and 1, 3, 5, 7 of side 0.5, in the four quarters.</summary>
public class PlainDecoderTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["cat", "dog"]) with { Maps = [new FeatureMap(2, 48, 0.4, 0.625, [])] };

    [Fact]
    public void SureBoxes_AreDecodedNamedAndOrdered_InPixelsOfThePicture()
    {
        float[] offsets = new float[8 * 4], scores = [.. Enumerable.Repeat(new[] { 9f, 0, 0 }, 8).SelectMany(row => row)];
        (scores[0], scores[1]) = (0, 3);          // a cat in the upper left
        (scores[18], scores[20]) = (0, 5);        // a dog in the lower right
        offsets[24] = 2.5f;                       // moved right by a quarter of 0.4

        var found = new PlainDecoder(Model, new DetectionSettings(ScoreThreshold: 0.5)).Decode(offsets, scores, width: 200, height: 100);

        found.Select(detection => detection.ClassName).Should().Equal("dog", "cat");
        found.Select(detection => detection.Label).Should().Equal(1, 0);
        found.Select(detection => detection.Score).Should().BeApproximately([Math.Exp(5) / (Math.Exp(5) + 2), Math.Exp(3) / (Math.Exp(3) + 2)], 1e-6);
        found.SelectMany(detection => new[] { detection.Box.Left, detection.Box.Top, detection.Box.Right, detection.Box.Bottom }).Should()
            .BeApproximately([130, 55, 200, 95, 10, 5, 90, 45], 1e-4); // 1.05 is clipped
    }

    [Theory]
    [InlineData(NoObject.BackgroundClass)]
    [InlineData(NoObject.LowConfidence)]
    public void Random_IsDecodedAsTheTensorsAre(NoObject noObject)
    {
        var model = Specifications.Small(["a", "b", "c"]) with { NoObject = noObject };
        var settings = new DetectionSettings(ScoreThreshold: 0.3, CandidatesPerClass: 50, DetectionsPerImage: 40);
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var (offsets, scores) = (randn([model.BoxCount, 4], generator: generator), randn([model.BoxCount, model.ScoreCount], generator: generator));

        var found = new PlainDecoder(model, settings).Decode(offsets.data<float>().ToArray(), scores.data<float>().ToArray(), 1, 1);

        var expected = new PredictionDecoder(model, settings).Decode(offsets, scores);
        found.Should().HaveCount(40);
        found.Select(detection => (long)detection.Label).Should().Equal(expected.Labels.Integers());
        found.Select(detection => detection.Score).Should().BeApproximately(expected.Scores.Numbers(), 1e-6);
        found.SelectMany(detection => new[] { detection.Box.Left, detection.Box.Top, detection.Box.Right, detection.Box.Bottom }).Should()
            .BeApproximately(expected.Boxes.Numbers(), 1e-6);
    }

    [Fact]
    public void OtherNumbers_AreRefused()
    {
        var decoder = new PlainDecoder(Model, new DetectionSettings());

        FluentActions.Invoking(() => decoder.Decode(new float[32], new float[16], 1, 1)).Should().Throw<ArgumentException>()
            .WithMessage("Small SSD 96 has 8 default boxes with 4 offsets and 3 scores each, but there are 32 offsets and 16 scores.");
        FluentActions.Invoking(() => decoder.Decode([.. Enumerable.Repeat(float.NaN, 32)], new float[24], 1, 1)).Should().Throw<ArgumentException>()
            .WithMessage("An offset or a score is NaN or infinite.");
    }
}
