using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Detection;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Detection;

public class NonMaximumSuppressionTests
{
    private static readonly Gen<(double[][] Boxes, double[] Scores)> Crowd = Gen.Int[1, 40].SelectMany(n => Gen.Select(
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0.2, 0.5], Gen.Double[0.2, 0.5], (x, y, w, h) => new[] { x, y, x + w, y + h }).Array[n],
        Gen.Int[0, 9].Select(tenths => tenths / 10.0).Array[n]));

    [Fact]
    public void FiveBoxesWorkedByHand()
    {
        // On a line: the second overlaps the best by 6/10 and goes; the third overlaps the second by 6/10, but the second is
        // gone, and the best by 3/13 only, so it stays; the fourth stands apart; the fifth repeats it with a lower score.
        var boxes = Rows([0, 0, 8, 1], [2, 0, 10, 1], [5, 0, 13, 1], [20, 0, 24, 1], [20, 0, 24, 1]);
        var scores = tensor(new[] { 0.9, 0.8, 0.7, 0.6, 0.5 });

        NonMaximumSuppression.Keep(boxes, scores).Integers().Should().Equal(0, 2, 3);
    }

    [Fact]
    public void EqualScores_TheLowerIndexWins() =>
        NonMaximumSuppression.Keep(Rows([0, 0, 1, 1], [0, 0, 1, 1]), tensor(new[] { 0.5, 0.5 })).Integers().Should().Equal(0);

    [Fact]
    public void OverlapEqualToTheThreshold_IsKept() =>
        NonMaximumSuppression.Keep(Rows([0, 0, 2, 1], [0, 0, 1, 1]), tensor(new[] { 0.9, 0.8 }), 0.5).Integers().Should().Equal(0, 1);

    [Fact]
    public void NoBoxes_GiveNone() =>
        NonMaximumSuppression.Keep(zeros(0, 4), zeros(0)).Integers().Should().BeEmpty();

    [Fact]
    public void AgreesWithTheGreedyRule() => Crowd.Sample(crowd =>
        NonMaximumSuppression.Keep(Rows(crowd.Boxes), tensor(crowd.Scores), 0.3).Integers().Should().Equal(Greedy(crowd.Boxes, crowd.Scores, 0.3)), iter: 300);

    [Fact]
    public void Twice_IsOnce() => Crowd.Sample(crowd =>
    {
        var (boxes, scores) = (Rows(crowd.Boxes), tensor(crowd.Scores));
        var kept = NonMaximumSuppression.Keep(boxes, scores);
        NonMaximumSuppression.Keep(boxes[kept], scores[kept]).Integers().Should().Equal(Enumerable.Range(0, (int)kept.shape[0]).Select(i => (long)i));
    }, iter: 100);

    [Fact]
    public void WaysOfCpuAndGpu_KeepTheSameBoxes() => Gen.Select(Crowd, Crowd).Sample((one, other) =>
    {
        using var scope = NewDisposeScope();
        var length = Math.Max(one.Boxes.Length, other.Boxes.Length);
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var lists = zeros([2, length, 4], dtype); // the shorter list ends in boxes without area
            lists[0].narrow(0, 0, one.Boxes.Length).copy_(Rows(one.Boxes));
            lists[1].narrow(0, 0, other.Boxes.Length).copy_(Rows(other.Boxes));
            SequentialSuppression.Keep(lists, 0.45).data<bool>().Should().Equal(ParallelSuppression.Keep(lists, 0.45).data<bool>());
        }
    }, iter: 200);

    private static List<long> Greedy(double[][] boxes, double[] scores, double overlap)
    {
        static BoundingBox Box(double[] box) => new(box[0], box[1], box[2], box[3]);
        var kept = new List<long>();
        foreach (var i in Enumerable.Range(0, boxes.Length).OrderByDescending(i => scores[i]).ThenBy(i => i))
        {
            if (kept.All(j => Box(boxes[i]).Overlap(Box(boxes[j])) <= overlap))
            {
                kept.Add(i);
            }
        }
        return kept;
    }
}
