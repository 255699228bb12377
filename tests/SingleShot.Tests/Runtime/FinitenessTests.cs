using AwesomeAssertions;
using SingleShot.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Runtime;

public class FinitenessTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void OneBadNumberAmongMany_IsSeenWhereverItIs(float bad)
    {
        using var scope = NewDisposeScope();
        foreach (var place in new[] { 0, 1, 777, 4098, 4099 })
        {
            var values = rand(4100);
            values[place] = bad;

            values.IsFinite().Should().BeFalse();
            Finiteness.CountNotFinite(values).Should().Be(1);
        }
    }

    [Fact]
    public void LargeNumbers_WhoseSumWouldBeInfinite_AreFinite()
    {
        using var scope = NewDisposeScope();

        full(100, float.MaxValue).IsFinite().Should().BeTrue();
        tensor([float.MaxValue, float.MinValue]).IsFinite().Should().BeTrue();
        full(100, 60000, float16).IsFinite().Should().BeTrue();
    }

    [Fact]
    public void WholeNumbersAndEmptyTensors_AreFinite()
    {
        using var scope = NewDisposeScope();

        Finiteness.AreFinite(zeros(3, int64), zeros(0), zeros(2, 0, 4)).Should().BeTrue();
        Finiteness.AreFinite().Should().BeTrue();
        Finiteness.AreFinite(ones(2), zeros(0), full(1, double.NaN)).Should().BeFalse();
    }

    [Fact]
    public void TensorsThatAreNotFinite_AreListedInTheirOrder()
    {
        using var scope = NewDisposeScope();

        Finiteness.NotFinite([("a", ones(2)), ("b", full(2, double.NaN)), ("c", zeros(1, int64)), ("d", full(1, float.NegativeInfinity))])
            .Select(entry => entry.Name).Should().Equal("b", "d");
        Finiteness.FirstNotFinite(stack([ones(2), full(2, float.NaN)]), ones(2, 3)).Should().Be(1);
    }

    [Fact]
    public void Looking_LeavesNoTensors()
    {
        using var values = rand(10, requires_grad: true);
        var before = LiveTensors.Count;

        Finiteness.AreFinite(values, values);
        Finiteness.NotFinite([("a", values)]);
        Finiteness.CountNotFinite(values);
        Finiteness.FirstNotFinite(values);

        LiveTensors.Count.Should().Be(before);
    }
}
