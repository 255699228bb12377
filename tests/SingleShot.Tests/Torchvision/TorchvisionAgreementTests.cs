using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Losses;
using SingleShot.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Torchvision;

public sealed class TorchvisionAgreementTests(TorchvisionFixture fixture) : IClassFixture<TorchvisionFixture>
{
    private const int Size = 96;

    private readonly TorchvisionFixture.Content _expected = fixture.Expected;
    private readonly SsdSpecification _model = TorchvisionFixture.Model;

    [Fact]
    public void DefaultBoxes_AreTorchvisions()
    {
        var corners = BoxFormat.CenterToCorners(_model.DefaultBoxes().ToTensor(float64)) * Size;

        corners.Numbers().Should().BeApproximately([.. _expected.DefaultBoxes.Select(value => (double)value)], 1e-4);
    }

    [Fact]
    public void Matches_AreTorchvisions()
    {
        var (truths, _, present) = Truths();

        var matches = new BestOverlapMatcher().Match(truths, present, _model.DefaultBoxes().ToTensor());

        for (var image = 0; image < _expected.Images.Length; image++)
        {
            var expected = _expected.Images[image].Matched.Select((truth, box) => new Match(truth, box)).Where(match => match.Truth >= 0);
            matches.InImage(image).Should().BeEquivalentTo(expected);
        }
    }

    [Fact]
    public void Loss_AndItsGradients_AreTorchvisions()
    {
        var (truths, labels, present) = Truths();
        var (offsets, scores) = Predictions();
        offsets.requires_grad = true;
        scores.requires_grad = true;

        var terms = MultiBoxLoss.For(_model).Compute(new Predictions(offsets, scores), new Targets(truths, labels, present));
        terms.Total.backward();

        terms.Localization.ToDouble().Should().BeApproximately(_expected.Localization, 1e-5 * _expected.Localization);
        (terms.Confidence + terms.NoMatch).ToDouble().Should().BeApproximately(_expected.Classification, 1e-5 * _expected.Classification);
        offsets.grad!.Numbers().Should().BeApproximately(_expected.OffsetGradient, 1e-5);
        scores.grad!.Numbers().Should().BeApproximately(_expected.ScoreGradient, 1e-5);
    }

    [Fact]
    public void Detections_AreTorchvisionsInTheirOrder()
    {
        var (offsets, scores) = Predictions();
        var decoder = new PredictionDecoder(_model, new DetectionSettings(CandidatesPerClass: 30, DetectionsPerImage: 50));

        for (var image = 0; image < _expected.Images.Length; image++)
        {
            var expected = _expected.Images[image];
            var found = decoder.Decode(offsets[image], scores[image]);

            found.Labels.Integers().Should().Equal(expected.FoundLabels);
            found.Scores.Numbers().Should().BeApproximately(expected.FoundScores, 1e-5);
            (found.Boxes * Size).Numbers().Should().BeApproximately(expected.FoundBoxes, 1e-3);
        }
    }

    [Fact]
    public void DetectionsOfEqualScores_ComeByTheLowerIndexAsTorchvisionsDo()
    {
        var expected = _expected.Ties;
        var decoder = new PredictionDecoder(_model, new DetectionSettings(CandidatesPerClass: 30, DetectionsPerImage: 50));

        var found = decoder.Decode(tensor(expected.Offsets).view(-1, 4), tensor(expected.Scores).view(-1, _model.ScoreCount));

        expected.FoundScores.Distinct().Should().HaveCountLessThan(expected.FoundScores.Length / 2, "most scores are there more than once");
        found.Labels.Integers().Should().Equal(expected.FoundLabels);
        found.Scores.Numbers().Should().BeApproximately(expected.FoundScores, 1e-5);
        (found.Boxes * Size).Numbers().Should().BeApproximately(expected.FoundBoxes, 1e-3);
    }

    private (Tensor Offsets, Tensor Scores) Predictions()
    {
        var images = _expected.Images.Length;
        return (tensor(_expected.Offsets).view(images, -1, 4), tensor(_expected.Scores).view(images, -1, _model.ScoreCount));
    }

    private (Tensor Truths, Tensor Labels, Tensor Present) Truths()
    {
        var most = _expected.Images.Max(image => image.Labels.Length);
        var truths = zeros(_expected.Images.Length, most, 4);
        var labels = zeros(_expected.Images.Length, most, int64);
        var present = zeros(_expected.Images.Length, most, @bool);
        for (var image = 0; image < _expected.Images.Length; image++)
        {
            var count = _expected.Images[image].Labels.Length;
            if (count > 0)
            {
                truths[image, ..count] = tensor(_expected.Images[image].Truths).view(-1, 4) / Size;
                labels[image, ..count] = tensor(_expected.Images[image].Labels);
                present[image, ..count] = true;
            }
        }
        return (truths, labels, present);
    }
}
