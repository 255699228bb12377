using AwesomeAssertions;
using CsCheck;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Evaluation.Errors;
using SingleShot.Evaluation.Voc;
using Xunit;
using static SingleShot.Tests.Evaluation.Scenes;

namespace SingleShot.Tests.Evaluation.Coco;

public class CocoEvaluationTests
{
    private static CocoScores Evaluate(params EvaluatedImage[] images) => CocoEvaluation.Evaluate(["cat"], images);

    [Fact]
    public void PerfectDetections_ScoreOne()
    {
        var scores = Evaluate(Image("a", [Truth(0, 0, 50, 50)], Found(.9, 0, 0, 50, 50)));
        foreach (var value in new[] { scores.AP, scores.AP50, scores.AP75, scores.APMedium, scores.AR1, scores.AR100, scores.ARMedium, scores.ClassAP[0] })
        {
            value.Should().BeApproximately(1, 1e-12);
        }
        scores.APSmall.Should().Be(double.NaN);
        scores.ARLarge.Should().Be(double.NaN);
    }

    [Fact]
    public void RightWrongRight_ReadsPrecisionAtEachRecall()
    {
        // Of two truths: found, a false positive, found. Precision 1, 1/2, 2/3 at recall 1/2, 1/2, 1: 51 recalls read 1, 50 read 2/3.
        var scores = Evaluate(Image("a", [Truth(0, 0, 10, 10), Truth(50, 0, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.8, 90, 90, 10, 10), Found(.7, 50, 0, 10, 10)));
        scores.AP.Should().BeApproximately((51 + 50 * 2 / 3.0) / 101, 1e-12);
        scores.AR1.Should().BeApproximately(.5, 1e-12);
        scores.AR10.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void OverlapOfPoint6_CountsAtThreeThresholds()
    {
        var scores = Evaluate(Image("a", [Truth(0, 0, 10, 10)], Found(.9, 0, 0, 6, 10)));
        scores.AP50.Should().BeApproximately(1, 1e-12);
        scores.AP75.Should().Be(0);
        Enumerable.Range(0, 10).Count(t => scores.Recall(t, 0) > 0).Should().BeInRange(2, 3); // .60 is not a binary number
    }

    [Fact]
    public void CrowdTruth_TakesAnyNumberOfDetectionsInside()
    {
        var crowd = Truth(0, 0, 100, 100) with { Crowd = true };
        var scores = Evaluate(
            Image("a", [crowd, Truth(200, 0, 20, 20)], Found(.9, 0, 0, 10, 10), Found(.8, 20, 20, 10, 10), Found(.7, 200, 0, 20, 20)));
        scores.AP.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void DetectionThatFitsACrowdBetter_TakesTheTruthThatCounts()
    {
        var crowd = Truth(0, 0, 100, 100) with { Crowd = true };
        var scores = Evaluate(Image("a", [crowd, Truth(10, 10, 20, 20)], Found(.9, 10, 10, 20, 16)));
        scores.AP50.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void UnmatchedDetectionOutsideTheArea_IsNoFalsePositiveThere()
    {
        var scores = Evaluate(Image("a", [Truth(0, 0, 20, 20)], Found(.9, 100, 100, 200, 200), Found(.8, 0, 0, 20, 20)));
        scores.APSmall.Should().BeApproximately(1, 1e-12);
        scores.AP.Should().BeApproximately(.5, 1e-12);
        scores.APLarge.Should().Be(double.NaN);
    }

    [Fact]
    public void AreaOnTheBound_CountsOnBothSides()
    {
        var scores = Evaluate(Image("a", [Truth(0, 0, 32, 32)], Found(.9, 0, 0, 32, 32)));
        scores.APSmall.Should().BeApproximately(1, 1e-12);
        scores.APMedium.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void ElevenTruths_TenDetectionsFindTen()
    {
        var truths = Enumerable.Range(0, 11).Select(i => Truth(20 * i, 0, 10, 10)).ToArray();
        var scores = Evaluate(new EvaluatedImage("a", truths, [.. truths.Select((t, i) => Found(1 - .01 * i, t.Box.Left, 0, 10, 10))]));
        scores.AR1.Should().BeApproximately(1 / 11.0, 1e-12);
        scores.AR10.Should().BeApproximately(10 / 11.0, 1e-12);
        scores.AR100.Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void MoreThanAHundredDetections_TheRestIsNotLookedAt()
    {
        var wrong = Enumerable.Range(0, 100).Select(i => Found(.9, 300 + 20 * i, 0, 10, 10));
        Evaluate(new EvaluatedImage("a", [Truth(0, 0, 10, 10)], [.. wrong, Found(.1, 0, 0, 10, 10)])).AR100.Should().Be(0);
    }

    [Fact]
    public void EqualScores_RankInTheOrderGiven()
    {
        var (right, wrong) = (Found(.5, 0, 0, 10, 10), Found(.5, 90, 90, 10, 10));
        Evaluate(Image("a", [Truth(0, 0, 10, 10)], right, wrong)).AP.Should().BeApproximately(1, 1e-12);
        Evaluate(Image("a", [Truth(0, 0, 10, 10)], wrong, right)).AP.Should().BeApproximately(.5, 1e-12);
    }

    [Fact]
    public void ClassWithoutTruths_IsNaNAndLeftOutOfTheMean()
    {
        var scores = CocoEvaluation.Evaluate(["cat", "dog"], [Image("a", [Truth(0, 0, 10, 10)], Found(.9, 0, 0, 10, 10), Found(.9, 0, 0, 10, 10, label: 1))]);
        scores.ClassAP[1].Should().Be(double.NaN);
        scores.AP.Should().BeApproximately(1, 1e-12);
        CocoEvaluation.Evaluate([], []).AP.Should().Be(double.NaN);
    }

    [Fact]
    public void TruthsWithoutDetections_ScoreZero() => Evaluate(Image("a", [Truth(0, 0, 10, 10)])).AP.Should().Be(0);

    [Fact]
    public void Table_HasTheTwelveKnownLines()
    {
        var lines = Evaluate(Image("a", [Truth(0, 0, 10, 10)], Found(.9, 0, 0, 10, 10))).ToString().Split('\n');
        lines.Should().HaveCount(12);
        lines[0].Should().Be(" Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 1.000");
        lines[1].Should().Be(" Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = 1.000");
        lines[6].Should().Be(" Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=  1 ] = 1.000");
        lines[11].Should().EndWith("area= large | maxDets=100 ] = -1.000");
    }

    [Fact]
    public void BadInput_IsRefusedByTheImagesName()
    {
        FluentActions.Invoking(() => Evaluate(Image("a", []), Image("a", []))).Should().Throw<ArgumentException>().WithMessage("*'a' is there twice*");
        FluentActions.Invoking(() => Evaluate(Image("b", [Truth(0, 0, 1, 1, label: 1)]))).Should().Throw<ArgumentException>().WithMessage("*'b' has label 1*");
        FluentActions.Invoking(() => Evaluate(Image("c", [], Found(1, 0, 0, 1, 1, label: -1)))).Should().Throw<ArgumentException>().WithMessage("*'c' has label -1*");
        FluentActions.Invoking(() => Evaluate(Image("d", [], Found(double.NaN, 0, 0, 1, 1)))).Should().Throw<ArgumentException>().WithMessage("*'d'*not a number*");
    }

    [Theory]
    [InlineData(double.NaN, 5)]
    [InlineData(double.PositiveInfinity, 5)]
    [InlineData(.5, double.NaN)]
    [InlineData(.5, double.NegativeInfinity)]
    public void ScoreOrBoxThatIsNotFinite_IsRefusedByImageAndIndex_InEveryEvaluation(double score, double width)
    {
        EvaluatedImage[] images = [Image("a", [], Found(.9, 0, 0, 1, 1)), Image("b", [Truth(0, 0, 9, 9)], Found(.9, 0, 0, 1, 1), Found(score, 0, 0, width, 1))];
        Action[] evaluations =
        [
            () => Evaluate(images), () => VocEvaluation.Evaluate(["cat"], images), () => PrecisionRecall.Curves(["cat"], images),
            () => ErrorAnalysis.Judge(images), () => ErrorAnalysis.Costs(["cat"], images),
        ];

        evaluations.Should().AllSatisfy(evaluate => evaluate.Should().Throw<ArgumentException>().WithMessage("Detection 1 of image 'b' has a score or a box*"));
    }

    [Fact]
    public void TruthThatIsNotFinite_IsRefusedByImageAndIndex() =>
        FluentActions.Invoking(() => Evaluate(Image("a", [Truth(0, 0, 1, 1), Truth(0, double.NaN, 1, 1)])))
            .Should().Throw<ArgumentException>().WithMessage("Ground truth 1 of image 'a'*");

    [Fact]
    public void Thresholds_AreNumpysToTheLastBit()
    {
        CocoProtocol.OverlapThresholds.Should().Equal(.5, .55, .6, .65, .7, .75, .8, .85, 0.8999999999999999, .95);
        CocoProtocol.RecallThresholds.Should().HaveCount(101);
        (int, double)[] longer =
        [
            (29, 0.29), (35, 0.35000000000000003), (57, 0.5700000000000001), (58, 0.58), (69, 0.6900000000000001), (94, 0.9400000000000001), (100, 1),
        ];
        longer.Should().OnlyContain(pair => CocoProtocol.RecallThresholds[pair.Item1] == pair.Item2);
    }

    [Fact]
    public void RandomScenes_EqualThePlainAlgorithm() => Any.Sample(
        images => PlainCocoInput.LargestDifference(CocoEvaluation.Evaluate(Names(3), images), PlainCocoInput.Evaluate(3, images)) <= 1e-12, iter: 60);

    [Fact]
    public void LargerScene_EqualsThePlainAlgorithm()
    {
        var images = Random(7, images: 40, classes: 3, truths: 12, detections: 60, coarse: true);
        PlainCocoInput.LargestDifference(CocoEvaluation.Evaluate(Names(3), images), PlainCocoInput.Evaluate(3, images)).Should().BeLessThanOrEqualTo(1e-12);
    }

    [Fact]
    public void TruthsFoundExactly_ScoreOneInEveryRangeThatHasAny() => Any.Sample(images =>
    {
        var perfect = images.Select(image => image with
        {
            Truths = [.. image.Truths.Select(truth => truth with { Crowd = false })],
            Detections = [.. image.Truths.Select((truth, i) => new DetectedObject(truth.Box, truth.Label, "", 1 - i * .01))],
        }).ToArray();
        var scores = CocoEvaluation.Evaluate(Names(3), perfect);
        // AR1 and AR10 look at fewer detections than there may be truths.
        return scores.Stats.Where((_, index) => index is not (6 or 7)).All(value => double.IsNaN(value) || Math.Abs(value - 1) < 1e-12);
    }, iter: 100);

    [Fact]
    public void OrderOfImagesAndOfDistinctScores_DoesNotMatter() => Any.Sample(images =>
    {
        var rank = 0;
        var distinct = images.Select(image => image with { Detections = [.. image.Detections.Select(found => found with { Score = 1.0 / ++rank })] }).ToArray();
        var turned = distinct.Reverse().Select(image => image with { Detections = [.. image.Detections.Reverse()] }).ToArray();
        return CocoEvaluation.Evaluate(Names(3), distinct).Stats.SequenceEqual(CocoEvaluation.Evaluate(Names(3), turned).Stats);
    }, iter: 100);

    [Fact]
    public void FalsePositivesBelowAllOtherDetections_ChangeNothing() => Any.Sample(images =>
    {
        var more = images.Select(image => image with { Detections = [.. image.Detections, Found(-1, 500, 500, 40, 40)] }).ToArray();
        var (before, after) = (CocoEvaluation.Evaluate(Names(3), images), CocoEvaluation.Evaluate(Names(3), more));
        return before.Stats.Zip(after.Stats).All(pair => pair.First.Equals(pair.Second));
    }, iter: 100);

    [Fact]
    public void ScoresStretchedWithoutChangingTheirOrder_ChangeNothing() => Any.Sample(images =>
    {
        var stretched = images.Select(image => image with { Detections = [.. image.Detections.Select(found => found with { Score = Math.Pow(found.Score, 3) * 40 - 7 })] }).ToArray();
        return CocoEvaluation.Evaluate(Names(3), images).Stats.SequenceEqual(CocoEvaluation.Evaluate(Names(3), stretched).Stats);
    }, iter: 100);
}
