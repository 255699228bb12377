using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using Xunit;
using static SingleShot.Tests.TensorLiterals;

namespace SingleShot.Tests.Boxes;

public class JaccardTests
{
    internal static readonly Gen<double[]> Corners = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], (x, y, w, h) => new[] { x, y, x + w, y + h });

    [Fact]
    public void Overlap_OfBoxesWorkedByHand()
    {
        // Two squares of side 2 that share one unit cell: 1 / (4 + 4 - 1).
        var overlaps = Jaccard.Overlap(Rows([0, 0, 2, 2]), Rows([1, 1, 3, 3], [0, 0, 2, 2], [5, 5, 6, 6], [0, 0, 2, 1]));

        overlaps.shape.Should().Equal(1, 4);
        overlaps.Numbers().Should().BeApproximately([1 / 7.0, 1, 0, 0.5]);
    }

    [Fact]
    public void Overlap_OfBoxesWithoutArea_IsZero() =>
        Jaccard.Overlap(Rows([1, 1, 1, 1]), Rows([1, 1, 1, 1])).Numbers().Should().Equal(0);

    [Fact]
    public void Overlap_IsSymmetricAndWithinZeroAndOne_AndEqualsThePlainOne() => Gen.Select(Corners, Corners).Sample((a, b) =>
    {
        var overlap = Jaccard.Overlap(Rows(a), Rows(b)).Numbers().Single();
        overlap.Should().BeInRange(0, 1 + 1e-12);
        overlap.Should().BeApproximately(Jaccard.Overlap(Rows(b), Rows(a)).Numbers().Single(), 1e-12);
        overlap.Should().BeApproximately(
            new BoundingBox(a[0], a[1], a[2], a[3]).Overlap(new BoundingBox(b[0], b[1], b[2], b[3])), 1e-12);
    }, iter: 300);
}
