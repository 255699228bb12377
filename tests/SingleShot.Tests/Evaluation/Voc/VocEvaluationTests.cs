using AwesomeAssertions;
using CsCheck;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Voc;
using Xunit;
using static SingleShot.Tests.Evaluation.Scenes;

namespace SingleShot.Tests.Evaluation.Voc;

public class VocEvaluationTests
{
    private static double Evaluate(VocAveragePrecision kind, params EvaluatedImage[] images) => VocEvaluation.Evaluate(["cat"], images, kind: kind).MeanAP;

    // Right, wrong, right, of three truths: precision 1, 1/2, 2/3 at recall 1/3, 1/3, 2/3.
    private static readonly EvaluatedImage ThreeTruths = Image(
        "a", [Truth(0, 0, 10, 10), Truth(50, 0, 10, 10), Truth(100, 0, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.8, 90, 90, 10, 10), Found(.7, 50, 0, 10, 10));

    [Fact]
    public void ElevenPoint_ReadsPrecisionAtTenths() =>
        Evaluate(VocAveragePrecision.ElevenPoint, ThreeTruths).Should().BeApproximately((4 * 1 + 3 * 2 / 3.0) / 11, 1e-12);

    [Fact]
    public void Area_IsThatUnderTheEnvelope() => Evaluate(VocAveragePrecision.Area, ThreeTruths).Should().BeApproximately(1 / 3.0 + 2 / 9.0, 1e-12);

    [Fact]
    public void AveragePrecision_OfACurve_IsThatOfTheEvaluation()
    {
        var points = PrecisionRecall.Curves(["cat"], [ThreeTruths])[0].Points;
        foreach (var kind in Enum.GetValues<VocAveragePrecision>())
        {
            AveragePrecision.Of(points, kind).Should().Be(Evaluate(kind, ThreeTruths));
            AveragePrecision.Of([], kind).Should().Be(0);
        }

        FluentActions.Invoking(() => AveragePrecision.Of(points, (VocAveragePrecision)2)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void DifficultTruth_NeitherRewardsNorPunishes()
    {
        var difficult = Truth(0, 0, 10, 10) with { Difficult = true };
        var image = Image("a", [difficult, Truth(50, 0, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.8, 0, 0, 10, 9), Found(.7, 50, 0, 10, 10));
        Evaluate(VocAveragePrecision.Area, image).Should().BeApproximately(1, 1e-12);
        Evaluate(VocAveragePrecision.Area, Image("a", [difficult], Found(.9, 0, 0, 10, 10))).Should().Be(double.NaN);
    }

    [Fact]
    public void SecondDetectionOfATruth_IsWrongEvenWhereAnotherTruthIsFree()
    {
        // Both overlap the first truth most; the second also overlaps the other one by more than half.
        var image = Image("a", [Truth(0, 0, 10, 10), Truth(0, 3, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.8, 0, 1, 10, 10));
        PrecisionRecall.Curves(["cat"], [image])[0].Points.Should().Equal(new PrecisionRecallPoint(.5, 1, .9), new PrecisionRecallPoint(.5, .5, .8));
    }

    [Fact]
    public void OverlapEqualToTheThreshold_IsRight() =>
        Evaluate(VocAveragePrecision.Area, Image("a", [Truth(0, 0, 10, 10)], Found(.9, 0, 0, 5, 10))).Should().Be(1);

    [Fact]
    public void ClassWithoutTruths_IsLeftOutOfTheMean()
    {
        var scores = VocEvaluation.Evaluate(["cat", "dog"], [Image("a", [Truth(0, 0, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.9, 0, 0, 1, 1, label: 1))]);
        scores.ClassAP[1].Should().Be(double.NaN);
        scores.MeanAP.Should().Be(1);
        scores.ToString().Should().Be("cat  1.000\ndog  NaN\nmean 1.000");
    }

    [Fact]
    public void ThreeOfTenTruthsFound_DoNotReachTheThirdTenth()
    {
        // The kit's fourth recall is 0.30000000000000004: precision 1 is read at 0, .1 and .2 alone.
        var truths = Enumerable.Range(0, 10).Select(i => Truth(20 * i, 0, 10, 10)).ToArray();
        Evaluate(VocAveragePrecision.ElevenPoint, Image("a", truths, [.. truths.Take(3).Select(t => Found(.9, t.Box.Left, 0, 10, 10))]))
            .Should().BeApproximately(3 / 11.0, 1e-12);
    }

    [Fact]
    public void RandomScenes_EqualThePlainAlgorithm() => Any.Sample(images =>
    {
        var whole = images.Select(Whole).ToArray();
        foreach (var kind in Enum.GetValues<VocAveragePrecision>())
        {
            var scores = VocEvaluation.Evaluate(Names(3), whole, kind: kind);
            for (var label = 0; label < 3; label++)
            {
                var plain = PlainVoc.Evaluate(whole, label, .5, elevenPoint: kind == VocAveragePrecision.ElevenPoint);
                (double.IsNaN(plain) ? double.IsNaN(scores.ClassAP[label]) : Math.Abs(scores.ClassAP[label] - plain) < 1e-12).Should().BeTrue();
            }
        }
    }, iter: 200);

    // VOC's annotations are whole pixels and have no crowds.
    private static EvaluatedImage Whole(EvaluatedImage image) =>
        image with { Truths = [.. image.Truths.Select(truth => truth with { Crowd = false })] };

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void OverlapOutOfRange_Throws(double overlap) =>
        FluentActions.Invoking(() => PrecisionRecall.Curves(["cat"], [], overlap)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void RandomScenes_CurvesRiseInRecallAndFallInScore() => Any.Sample(images =>
    {
        foreach (var curve in PrecisionRecall.Curves(Names(3), images))
        {
            curve.Points.Should().OnlyContain(p => p.Recall >= 0 && p.Recall <= 1 && p.Precision >= 0 && p.Precision <= 1);
            curve.Points.Should().BeInAscendingOrder(p => p.Recall).And.BeInDescendingOrder(p => p.Score);
            curve.AveragePrecision.Should().Match(ap => double.IsNaN(ap) || (ap >= 0 && ap <= 1 + 1e-12));
        }
    }, iter: 200);
}
