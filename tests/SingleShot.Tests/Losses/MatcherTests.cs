using AwesomeAssertions;
using CsCheck;
using SingleShot.Losses;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Losses;

/// <summary>
/// Three ground truths and five default boxes on a line of height 1, so that overlaps are those of intervals:
/// default boxes [0,4] [2,6] [8,12] [9,13] [20,22], ground truths A [0,5] B [9,12] C [21,30].
/// </summary>
/// <remarks>
/// Overlaps: A with the first 4/5, with the second 3/6; B with the third 3/4, with the fourth 3/4; C with the fifth 1/10; all
/// else 0.
/// </remarks>
public class MatcherTests
{
    private static readonly (double Left, double Right)[] Defaults = [(0, 4), (2, 6), (8, 12), (9, 13), (20, 22)];
    private static readonly (double Left, double Right)[] Truths = [(0, 5), (9, 12), (21, 30)];

    private static readonly Gen<(double Left, double Right)> Interval = Gen.Select(Gen.Int[0, 20], Gen.Int[1, 8], (left, width) => ((double)left, (double)(left + width)));

    [Fact]
    public void ManyToMany_MatchesEveryPairAboveTheThreshold()
    {
        var matches = Match(new ManyToManyMatcher(), Truths, Defaults);

        Pairs(matches).Should().Equal((0, 0), (1, 2), (1, 3)); // A's second box overlaps by 0.5 only, which is not more; C has none
        matches.Positive.Truths().Should().Equal(true, false, true, true, false);
    }

    [Fact]
    public void ManyToMany_LetsADefaultBoxAnswerForTwo()
    {
        var matches = Match(new ManyToManyMatcher(), [(0, 4), (0, 5)], [(0, 4)]);

        Pairs(matches).Should().Equal((0, 0), (1, 0));
        matches.Positive.Truths().Should().Equal(true);
    }

    [Fact]
    public void BestOverlap_MatchesFromTheThresholdOn_AndForcesTheRest()
    {
        var matches = Match(new BestOverlapMatcher(), Truths, Defaults);

        Pairs(matches).Should().Equal((0, 0), (0, 1), (1, 2), (1, 3), (2, 4)); // C's one is forced
        matches.Positive.Truths().Should().AllSatisfy(positive => positive.Should().BeTrue());
    }

    [Fact]
    public void BestOverlap_GivesADefaultBoxToOneGroundTruthOnly() =>
        Pairs(Match(new BestOverlapMatcher(), [(0, 4), (0, 5)], [(0, 4), (0, 6)])).Should().Equal((0, 0), (1, 1));

    [Fact]
    public void BestOverlap_OnAClashOfForcedMatches_TheLaterGroundTruthWins() =>
        Pairs(Match(new BestOverlapMatcher(), [(0, 1), (3, 4)], [(0, 4), (9, 10)])).Should().Equal((1, 0));

    [Fact]
    public void BestOverlap_IsWhatPlainLoopsDecide() =>
        Gen.Select(Interval.Array[1, 8], Interval.Array[1, 12]).Sample((truths, defaults) =>
        {
            double Overlap(int truth, int box)
            {
                var ((left, right), (first, last)) = (truths[truth], defaults[box]);
                var common = Math.Max(0, Math.Min(right, last) - Math.Max(left, first));
                return common / (right - left + last - first - common);
            }
            var (owners, all) = (new int?[defaults.Length], Enumerable.Range(0, truths.Length).ToList());
            for (var box = 0; box < defaults.Length; box++)
            {
                var best = all.MaxBy(truth => Overlap(truth, box)); // the first of equals
                owners[box] = Overlap(best, box) >= 0.5 ? best : null;
            }
            all.ForEach(truth => owners[Enumerable.Range(0, defaults.Length).MaxBy(box => Overlap(truth, box))] = truth);

            var found = Pairs(Match(new BestOverlapMatcher(), truths, defaults));

            found.Should().BeEquivalentTo(owners.Select((truth, box) => (truth, box)).Where(pair => pair.truth is not null).Select(pair => (pair.truth!.Value, pair.box)));
        });

    [Fact]
    public void Padding_MatchesNothing()
    {
        foreach (Matcher matcher in new Matcher[] { new ManyToManyMatcher(), new BestOverlapMatcher() })
        {
            var matches = matcher.Match(Corners(Truths), tensor(new[] { true, false, false }).unsqueeze(0), Centers(Defaults));
            matches.Truths.Integers().Should().OnlyContain(truth => truth == 0);
        }
    }

    [Fact]
    public void ImageWithoutObjects_HasNoMatches()
    {
        var matches = new BestOverlapMatcher().Match(zeros(2, 0, 4, float64), zeros(2, 0, @bool), Centers(Defaults));

        matches.Count.Should().Be(0);
        matches.Positive.shape.Should().Equal(2, 5);
        matches.Positive.any().item<bool>().Should().BeFalse();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.5)]
    [InlineData(50)]
    public void ThresholdThatIsNoOverlap_IsRefused(double threshold)
    {
        FluentActions.Invoking(() => new BestOverlapMatcher(threshold)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("threshold is *");
        FluentActions.Invoking(() => new ManyToManyMatcher(threshold)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("threshold is *");
    }

    private static Matches Match(Matcher matcher, (double Left, double Right)[] truths, (double Left, double Right)[] defaults) =>
        matcher.Match(Corners(truths), ones(1, truths.Length, @bool), Centers(defaults));

    private static (int Truth, int DefaultBox)[] Pairs(Matches matches) =>
        [.. matches.InImage(0).Select(match => (match.Truth, match.DefaultBox))];

    private static Tensor Corners((double Left, double Right)[] intervals) =>
        Rows([.. intervals.Select(interval => new[] { interval.Left, 0, interval.Right, 1 })]).unsqueeze(0);

    private static Tensor Centers((double Left, double Right)[] intervals) =>
        Rows([.. intervals.Select(interval => new[] { (interval.Left + interval.Right) / 2, 0.5, interval.Right - interval.Left, 1 })]);
}
