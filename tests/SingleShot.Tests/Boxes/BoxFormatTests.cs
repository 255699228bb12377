using AwesomeAssertions;
using SingleShot.Boxes;
using Xunit;
using static SingleShot.Tests.TensorLiterals;

namespace SingleShot.Tests.Boxes;

public class BoxFormatTests
{
    [Fact]
    public void CornersToCenter_AndBack_AreWorkedByHand()
    {
        BoxFormat.CornersToCenter(Rows([1, 2, 5, 8])).Numbers().Should().BeApproximately([3, 5, 4, 6]);
        BoxFormat.CenterToCorners(Rows([3, 5, 4, 6])).Numbers().Should().BeApproximately([1, 2, 5, 8]);
    }

    [Fact]
    public void Clip_MovesCornersOntoTheEdge() =>
        BoxFormat.Clip(Rows([-3, 2, 50, 60], [70, 10, 80, 20]), 40, 30).Numbers().Should().BeApproximately([0, 2, 40, 30, 40, 10, 40, 20]);

    [Fact]
    public void BoundingBox_WithoutExtentOrNumber_IsDegenerate()
    {
        new BoundingBox(1, 1, 1, 5).IsDegenerate.Should().BeTrue();
        new BoundingBox(5, 1, 1, 5).IsDegenerate.Should().BeTrue();
        new BoundingBox(double.NaN, 1, 2, 5).IsDegenerate.Should().BeTrue();
        new BoundingBox(1, 1, 2, 5).IsDegenerate.Should().BeFalse();
    }
}
