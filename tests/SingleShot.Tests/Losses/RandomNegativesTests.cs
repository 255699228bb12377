using AwesomeAssertions;
using SingleShot.Losses;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Losses;

public class RandomNegativesTests
{
    private const int Boxes = 100;

    [Fact]
    public void Select_TakesThreeForEachPositive_AndNoPositive()
    {
        var chosen = Chosen(new RandomNegatives(seed: 1));

        chosen.Count(c => c).Should().Be(6);
        chosen[3].Should().BeFalse();
        chosen[70].Should().BeFalse();
    }

    [Fact]
    public void Select_Again_TakesOthers_AndTheSameOnesWithTheSameSeed()
    {
        RandomNegatives first = new(seed: 1), second = new(seed: 1);
        var (one, two) = (Chosen(first), Chosen(first));

        two.Should().NotEqual(one);
        Chosen(second).Should().Equal(one);
        Chosen(second).Should().Equal(two);
    }

    [Fact]
    public void Select_OverManyCalls_TakesEachNegativeAboutEquallyOften()
    {
        var mining = new RandomNegatives(seed: 5, ratio: 7);
        var often = new int[Boxes];
        for (var call = 0; call < 2000; call++)
        {
            var chosen = Chosen(mining);
            for (var box = 0; box < Boxes; box++)
            {
                often[box] += chosen[box] ? 1 : 0;
            }
        }

        // 14 of 98 each time: 286 of 2000 on average, with a standard deviation of 16.
        often.Where((_, box) => box is not (3 or 70)).Should().OnlyContain(count => count > 206 && count < 366);
    }

    /// <summary>Of boxes whose hardness falls with their number; the boxes 3 and 70 are positive.</summary>
    private static bool[] Chosen(NegativeMining mining) => mining.Select(
        Rows(Enumerable.Range(0, Boxes).Select(i => 1.0 - i / 100.0).ToArray()),
        tensor(Enumerable.Range(0, Boxes).Select(i => i is 3 or 70).ToArray()).unsqueeze(0)).Truths();
}
