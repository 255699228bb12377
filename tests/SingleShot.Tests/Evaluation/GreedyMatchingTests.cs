using AwesomeAssertions;
using CsCheck;
using SingleShot.Evaluation;
using Xunit;

namespace SingleShot.Tests.Evaluation;

public class GreedyMatchingTests
{
    private static readonly Gen<(double[][] Overlaps, TruthState[] Objects)> Crowded = Gen.Select(
        Gen.Int[0, 4].Select(n => n / 4.0).Array[4].Array[0, 6],
        Gen.Int[0, 2].Select(i => new[] { TruthState.Free, TruthState.Ignored, TruthState.Crowd }[i]).Array[4]);

    [Fact]
    public void TwoRules_WhereTheBestObjectIsTaken_Differ()
    {
        // The second detection fits the first object best, which the first one has, and the second object well enough.
        double[][] overlaps = [[.9, .5], [.8, .6]];

        Match(overlaps, new TruthState[2], voc: false).Should().Equal(new TruthMatch(0, MatchVerdict.Right), new TruthMatch(1, MatchVerdict.Right));
        Match(overlaps, new TruthState[2], voc: true).Should().Equal(new TruthMatch(0, MatchVerdict.Right), new TruthMatch(0, MatchVerdict.Wrong));
    }

    [Fact]
    public void AnOverlapTooMany_IsRefusedInWords()
    {
        Action coco = () => GreedyMatching.TakeBestFree([.9, .8], .5, new TruthState[1]);
        Action voc = () => GreedyMatching.TakeBest([], .5, new TruthState[1]);

        coco.Should().Throw<ArgumentException>().WithMessage("2 overlaps for 1 ground truths*");
        voc.Should().Throw<ArgumentException>().WithMessage("0 overlaps for 1 ground truths*");
    }

    [Fact]
    public void EqualOverlaps_GoToTheLastByCoco_AndToTheFirstByVoc()
    {
        double[][] overlaps = [[.7, .7]];

        Match(overlaps, new TruthState[2], voc: false)[0].Truth.Should().Be(1);
        Match(overlaps, new TruthState[2], voc: true)[0].Truth.Should().Be(0);
    }

    [Fact]
    public void IgnoredObject_IsTakenOnlyWhereNoOtherFits_AndOnce()
    {
        double[][] overlaps = [[.5, .9], [.5, .9], [.5, .9]];

        Match(overlaps, [TruthState.Free, TruthState.Ignored], voc: false).Should().Equal(
            new TruthMatch(0, MatchVerdict.Right), new TruthMatch(1, MatchVerdict.Ignored), new TruthMatch(-1, MatchVerdict.Wrong));
        Match(overlaps, [TruthState.Free, TruthState.Crowd], voc: false)[1..].Should().AllBeEquivalentTo(new TruthMatch(1, MatchVerdict.Ignored));
        Match(overlaps, [TruthState.Free, TruthState.Ignored], voc: true).Should().AllBeEquivalentTo(new TruthMatch(1, MatchVerdict.Ignored));
    }

    [Fact]
    public void OverlapOfTheThreshold_IsAMatch_AndAHairLessIsNone()
    {
        foreach (var voc in (bool[])[false, true])
        {
            Match([[.5]], new TruthState[1], voc)[0].Verdict.Should().Be(MatchVerdict.Right);
            Match([[Math.BitDecrement(.5)]], new TruthState[1], voc).Should().Equal(new TruthMatch(-1, MatchVerdict.Wrong));
            Match([[]], [], voc).Should().Equal(new TruthMatch(-1, MatchVerdict.Wrong));
        }
    }

    [Fact]
    public void CocosRule_IsThatOfPycocotools() => Crowded.Sample(scene =>
        Match(scene.Overlaps, [.. scene.Objects], voc: false).Should().Equal(EvaluateImg(scene.Overlaps, scene.Objects)));

    [Fact]
    public void VocsRule_IsThatOfTheDevelopmentKit() => Crowded.Sample(scene =>
        Match(scene.Overlaps, [.. scene.Objects], voc: true).Should().Equal(VocEvalDet(scene.Overlaps, scene.Objects)));

    private static TruthMatch[] Match(double[][] overlaps, TruthState[] objects, bool voc) =>
        [.. overlaps.Select(row => voc ? GreedyMatching.TakeBest(row, .5, objects) : GreedyMatching.TakeBestFree(row, .5, objects))];

    /// <summary>Objects that count first, and then one loop that stops at the first ignored one once something is found.</summary>
    private static IEnumerable<TruthMatch> EvaluateImg(double[][] overlaps, TruthState[] objects)
    {
        var order = Enumerable.Range(0, objects.Length).OrderBy(o => objects[o] != TruthState.Free).ToArray();
        var matched = new HashSet<int>();
        foreach (var row in overlaps)
        {
            var (best, match) = (.5, -1);
            foreach (var o in order)
            {
                if (matched.Contains(o) && objects[o] != TruthState.Crowd)
                {
                    continue;
                }
                if (match > -1 && objects[match] == TruthState.Free && objects[o] != TruthState.Free)
                {
                    break;
                }
                if (row[o] >= best)
                {
                    (best, match) = (row[o], o);
                }
            }
            matched.Add(match);
            yield return new TruthMatch(match, match < 0 ? MatchVerdict.Wrong : objects[match] == TruthState.Free ? MatchVerdict.Right : MatchVerdict.Ignored);
        }
    }

    private static IEnumerable<TruthMatch> VocEvalDet(double[][] overlaps, TruthState[] objects)
    {
        var detected = new HashSet<int>();
        foreach (var row in overlaps)
        {
            var best = Enumerable.Range(0, objects.Length).MaxBy(o => row[o]); // the first of equal ones
            yield return row[best] < .5 ? new TruthMatch(-1, MatchVerdict.Wrong)
                : objects[best] != TruthState.Free ? new TruthMatch(best, MatchVerdict.Ignored)
                : new TruthMatch(best, detected.Add(best) ? MatchVerdict.Right : MatchVerdict.Wrong);
        }
    }
}
