using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Detection;
using Xunit;

namespace SingleShot.Tests.Detection;

public class SoftSuppressionTests
{
    private static readonly Gen<(BoundingBox Box, double Score)[]> Crowd = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0.2, 0.5], Gen.Double[0.2, 0.5], Gen.Double[0, 1],
        (x, y, w, h, score) => (BoundingBox.FromSize(x, y, w, h), score)).Array[1, 30];

    [Fact]
    public void ThreeBoxesWorkedByHand()
    {
        // On a line: the second overlaps the first by 6/10, the third the second by 6/10 and the first by 4/12.
        // 0.9 stays. 0.8 becomes 0.8 exp(-0.72) = 0.3894, and 0.7 becomes 0.7 exp(-2/9) = 0.5605.
        // The third comes next, and stays; the second becomes 0.3894 exp(-0.72) = 0.1895.
        BoundingBox[] boxes = [new(0, 0, 8, 1), new(2, 0, 10, 1), new(4, 0, 12, 1)];

        SoftSuppression.Rescore(boxes, [0.9, 0.8, 0.7]).Should().BeApproximately([0.9, 0.8 * Math.Exp(-1.44), 0.7 * Math.Exp(-2 / 9.0)], 1e-12);
    }

    [Fact]
    public void HighestScoreStays_AndNoneRises() => Crowd.Sample(crowd =>
    {
        var scores = crowd.Select(one => one.Score).ToArray();
        var after = SoftSuppression.Rescore([.. crowd.Select(one => one.Box)], scores);

        after.Max().Should().Be(scores.Max());
        after.Zip(scores).Should().AllSatisfy(pair => pair.First.Should().BeInRange(0, pair.Second));
    }, iter: 200);

    [Fact]
    public void BoxesApart_KeepTheirScores() => Crowd.Sample(crowd =>
    {
        var scores = crowd.Select(one => one.Score).ToArray();
        SoftSuppression.Rescore([.. crowd.Select((one, i) => one.Box.Shift(2 * i, 0))], scores).Should().Equal(scores);
    }, iter: 100);

    [Fact]
    public void LargerSigma_LowersNoScoreMore_WhereTwoBoxesOverlap() => Gen.Select(Gen.Double[0, 1], Gen.Double[0.1, 2], Gen.Double[0.1, 2]).Sample((by, sigma, more) =>
    {
        BoundingBox[] pair = [new(0, 0, 1, 1), new(by, 0, 1 + by, 1)];
        SoftSuppression.Rescore(pair, [0.9, 0.8], sigma + more)[1].Should().BeGreaterThanOrEqualTo(SoftSuppression.Rescore(pair, [0.9, 0.8], sigma)[1]);
    }, iter: 100);

    [Fact]
    public void NothingToSuppress_GivesNothing_AndBadInputIsRefused()
    {
        SoftSuppression.Rescore([], []).Should().BeEmpty();
        FluentActions.Invoking(() => SoftSuppression.Rescore([], [0.5])).Should().Throw<ArgumentException>().WithMessage("*0 boxes and 1 scores*");
        FluentActions.Invoking(() => SoftSuppression.Rescore([], [], 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*sigma*");
    }
}
