using AwesomeAssertions;
using SingleShot.Benchmarks.Growth;
using Xunit;

namespace SingleShot.Tests.Benchmarks;

public class GrowthCurveTests
{
    [Theory]
    [InlineData(1, -1, "falls")]
    [InlineData(10, 0, "none")]
    [InlineData(100, 1, "linear")]
    [InlineData(1_000, 2, "quadratic")]
    [InlineData(10_000, 3, "more than quadratic")]
    public void Growth_IsThePowerBetweenTheTwoLargestSizes(double milliseconds, double power, string named)
    {
        var curve = new GrowthCurve("work", "boxes", [new(1, 10), new(10, 10), new(100, milliseconds)]);

        curve.Exponent.Should().BeApproximately(power, 1e-12);
        curve.Named.Should().Be(named);
    }

    [Fact]
    public void Row_SaysTheSmallestAndTheLargestSize() =>
        new GrowthCurve("work", "boxes", [new(1, 0.5), new(1_000, 500)]).Row().Should().Be("| work | boxes | 1: 0.5 ms | 1,000: 500 ms | 1.00 | linear |");
}
