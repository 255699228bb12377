using AwesomeAssertions;
using CsCheck;
using SingleShot.Losses;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Losses;

public class HardNegativeMiningTests
{
    [Fact]
    public void Select_TakesTheHardestThreeForEachPositive() =>
        Select([0.9, 0.1, 0.5, 0.4, 0.3], [true, false, false, false, false]).Should().Equal(false, false, true, true, true);

    [Fact]
    public void Select_OfEquallyHard_TakesTheLowerIndices() =>
        Select([0, 1, 1, 1, 1, 1], [true, false, false, false, false, false]).Should().Equal(false, true, true, true, false, false);

    [Fact]
    public void Select_WithoutPositives_TakesNothing() =>
        Select([0.9, 0.1], [false, false]).Should().Equal(false, false);

    [Fact]
    public void Select_WithFewNegatives_TakesAllOfThemAndNoPositive() =>
        Select([0.9, 0.1, 0.2], [true, true, false]).Should().Equal(false, false, true);

    [Fact]
    public void Select_CountsEachImageForItself()
    {
        var positive = tensor(new[,] { { true, false, false, false, false }, { false, false, false, false, false } });

        var chosen = new HardNegativeMining(1).Select(Rows([5, 1, 2, 3, 4], [5, 1, 2, 3, 4]), positive);

        chosen.sum(1).Integers().Should().Equal(1, 0);
    }

    [Fact]
    public void Select_IsWhatSortingTakes() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 40], Gen.Int[0, 3].Array[40], Gen.Double[0, 5]).Sample((hardness, kinds, ratio) =>
        {
            var positive = kinds[..hardness.Length].Select(kind => kind == 0).ToArray();
            var free = Enumerable.Range(0, hardness.Length).Where(i => !positive[i]).OrderByDescending(i => hardness[i]); // stable: the lower index first
            var taken = free.Take((int)Math.Floor((float)(positive.Count(p => p) * ratio))).ToHashSet();

            var chosen = new HardNegativeMining(ratio).Select(Rows(hardness.Select(h => (double)h).ToArray()), tensor(positive).unsqueeze(0));

            chosen.Truths().Should().Equal(Enumerable.Range(0, hardness.Length).Select(taken.Contains));
        });

    [Fact]
    public void Select_TakesWhatIsNotANumber_SoThatTheLossShowsIt() =>
        Select([0.9, double.NaN, 0.5, 0.4, 0.3, 0.2], [true, false, false, false, false, false])[1].Should().BeTrue();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void RatioThatIsNoNumberOfNegatives_IsRefused(double ratio)
    {
        FluentActions.Invoking(() => new HardNegativeMining(ratio)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("ratio is *at least 0.*");
        FluentActions.Invoking(() => new RandomNegatives(1, ratio)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("ratio is *");
    }

    private static bool[] Select(double[] hardness, bool[] positive) =>
        new HardNegativeMining().Select(Rows(hardness), tensor(positive).unsqueeze(0)).Truths();
}
