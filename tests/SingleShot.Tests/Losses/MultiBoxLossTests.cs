using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Losses;
using SingleShot.Models;
using TorchSharp;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Losses;

/// <summary>
/// A model of one cell with two boxes, both squares about (0.5, 0.5): sides 0.5 and 0.9 (scale 0.5, next 1.62). One ground truth,
/// the first box's own place moved right by 0.05, so that its true offset is 0.1 (plain) or 1 (with variances).
/// </summary>
public class MultiBoxLossTests
{
    [Fact]
    public void BackgroundClass_TermByTerm()
    {
        var model = Model(NoObject.BackgroundClass, BoxCoder.WithVariances);
        // Predicted offsets (3, 0, 0, 0) against (1, 0, 0, 0): |x| = 2 costs 1.5.
        // Class 1 of scores (0, 0, ln 2): softmax (1/4, 1/4, 1/2), costs ln 2.
        // The other box, scores (0, 0, 0), costs ln 3 as background.
        var terms = Compute(model, Rows([3, 0, 0, 0], [7, 7, 7, 7]), Rows([0, 0, Math.Log(2)], [0, 0, 0]), label: 1);

        Terms(terms).Should().BeApproximately([1.5, Math.Log(2), Math.Log(3), 1.5 + Math.Log(6)], 1e-6);
        (terms.Matches, terms.Negatives).Should().Be((1L, 1L));
    }

    [Fact]
    public void LowConfidence_TermByTerm()
    {
        var model = Model(NoObject.LowConfidence, BoxCoder.Plain);
        // Predicted offsets (0.5, 0, 0, 0) against (0.1, 0, 0, 0): 0.5 * 0.4^2 = 0.08.
        // Class 1 of scores (0, ln 3): softmax (1/4, 3/4), costs ln 4/3.
        // The other box, scores (ln 4, 0): c_max / sum c = 4/5, costs ln 1.8.
        var terms = Compute(model, Rows([0.5, 0, 0, 0], [7, 7, 7, 7]), Rows([0, Math.Log(3)], [Math.Log(4), 0]), label: 1);

        Terms(terms).Should().BeApproximately([0.08, Math.Log(4 / 3.0), Math.Log(1.8), 0.08 + Math.Log(2.4)], 1e-6);
        (terms.Matches, terms.Negatives).Should().Be((1L, 1L));
    }

    [Fact]
    public void Focal_TermByTerm()
    {
        var model = Model(NoObject.BackgroundClass, BoxCoder.WithVariances);
        // As above, but the class costs 0.25 (1/2)^2 ln 2, and the other box, whose background has a third, 0.75 (2/3)^2 ln 3.
        var terms = Compute(model, Rows([3, 0, 0, 0], [7, 7, 7, 7]), Rows([0, 0, Math.Log(2)], [0, 0, 0]), label: 1, focal: new FocalLoss());

        Terms(terms).Take(3).Should().BeApproximately([1.5, Math.Log(2) / 16, Math.Log(3) / 3], 1e-6);
    }

    [Fact]
    public void Focal_WithoutABackgroundClass_IsRefused() =>
        FluentActions.Invoking(() => new MultiBoxLoss(Model(NoObject.LowConfidence, BoxCoder.Plain), new BestOverlapMatcher(), new HardNegativeMining(), new FocalLoss()))
            .Should().Throw<ArgumentException>().WithMessage("*no background class*");

    [Fact]
    public void BatchWithoutObjects_CostsNothing()
    {
        foreach (var noObject in Enum.GetValues<NoObject>())
        {
            var model = Model(noObject, BoxCoder.Plain);
            var predictions = new Predictions(rand(2, 2, 4), rand(2, 2, model.ScoreCount));

            var terms = MultiBoxLoss.For(model).Compute(predictions, new Targets(zeros(2, 0, 4), zeros(2, 0, int64), zeros(2, 0, @bool)));

            terms.Total.ToDouble().Should().Be(0);
        }
    }

    [Fact]
    public void Gradients_ReachEveryMatchedOffset_AndNoOther()
    {
        var model = Model(NoObject.BackgroundClass, BoxCoder.WithVariances);
        var offsets = zeros(1, 2, 4, float64, requires_grad: true);
        var scores = zeros(1, 2, 3, float64, requires_grad: true);

        Compute(model, new Predictions(offsets, scores), label: 0).Total.backward();

        offsets.grad!.Numbers().Should().BeApproximately([-1, 0, 0, 0, 0, 0, 0, 0], 1e-6); // smooth L1's slope at its knee
        scores.grad!.Numbers().Should().BeApproximately([1 / 3.0, -2 / 3.0, 1 / 3.0, -2 / 3.0, 1 / 3.0, 1 / 3.0], 1e-6);
    }

    private static SsdSpecification Model(NoObject noObject, BoxCoder coder) => Specifications.Small(["cat", "dog"]) with
    {
        Maps = [new FeatureMap(1, 96, 0.5, 1.62, [])],
        NoObject = noObject,
        Coder = coder,
    };

    private static LossTerms Compute(SsdSpecification model, Tensor offsets, Tensor scores, long label, FocalLoss? focal = null) =>
        Compute(model, new Predictions(offsets.unsqueeze(0), scores.unsqueeze(0)), label, focal);

    private static LossTerms Compute(SsdSpecification model, Predictions predictions, long label, FocalLoss? focal = null) =>
        (focal is null ? MultiBoxLoss.For(model) : new MultiBoxLoss(model, new BestOverlapMatcher(), new HardNegativeMining(), focal)).Compute(
        predictions, new Targets(Rows([0.3, 0.25, 0.8, 0.75]).unsqueeze(0), full(1, 1, label, int64), ones(1, 1, @bool)));

    private static double[] Terms(LossTerms terms) =>
        [terms.Localization.ToDouble(), terms.Confidence.ToDouble(), terms.NoMatch.ToDouble(), terms.Total.ToDouble()];
}
