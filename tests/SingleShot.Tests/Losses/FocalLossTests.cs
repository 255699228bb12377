using AwesomeAssertions;
using CsCheck;
using SingleShot.Losses;
using TorchSharp;
using Xunit;
using static SingleShot.Tests.TensorLiterals;
using static TorchSharp.torch;

namespace SingleShot.Tests.Losses;

public class FocalLossTests
{
    private static readonly Gen<double[][]> Scores = Gen.Double[-8, 8].Array[4].Array[1, 12];

    [Fact]
    public void PerBox_WorkedByHand()
    {
        // Softmax of (0, 0, ln 2) is (1/4, 1/4, 1/2).
        var scores = Rows([0, 0, Math.Log(2)], [0, 0, Math.Log(2)], [0, 0, Math.Log(2)]);

        var costs = new FocalLoss().PerBox(scores, tensor(new long[] { 2, 1, 0 })).Numbers();

        costs.Should().BeApproximately(
        [
            0.25 * (1 / 4.0) * Math.Log(2),   // 0.0433: the right class, half learned
            0.25 * (9 / 16.0) * Math.Log(4),  // 0.1949: the wrong class
            0.75 * (9 / 16.0) * Math.Log(4),  // 0.5848: a negative that shows too much
        ], 1e-7);
    }

    [Fact]
    public void WithoutFocus_AndEvenWeights_IsHalfTheSoftmaxLoss() => Scores.Sample(rows =>
    {
        using var scope = NewDisposeScope();
        var (scores, targets) = (Rows(rows), tensor(rows.Select((_, i) => (long)(i % 4)).ToArray()));

        new FocalLoss(Alpha: 0.5, Gamma: 0).PerBox(scores, targets).Numbers().Should().BeApproximately(
            (ConfidenceLoss.PerBox(scores, targets) / 2).Numbers(), 1e-9);
    }, iter: 100);

    [Fact]
    public void StrongerFocus_CostsNoBoxMore_AndTheLearnedOnesLeast() => Gen.Select(Scores, Gen.Double[0, 3], Gen.Double[0.1, 3]).Sample((rows, gamma, more) =>
    {
        using var scope = NewDisposeScope();
        var (scores, targets) = (Rows(rows), zeros(rows.Length, int64));
        var (weak, strong) = (new FocalLoss(0.5, gamma).PerBox(scores, targets).Numbers(), new FocalLoss(0.5, gamma + more).PerBox(scores, targets).Numbers());
        var right = scores.softmax(-1)[.., 0].Numbers();

        strong.Zip(weak).Should().AllSatisfy(pair => pair.First.Should().BeInRange(0, pair.Second));
        var kept = right.Zip(strong.Zip(weak, (a, b) => a / b)).Where(box => double.IsFinite(box.Second)).OrderBy(box => box.First).Select(box => box.Second);
        kept.Zip(kept.Skip(1)).Should().AllSatisfy(pair => pair.Second.Should().BeLessThanOrEqualTo(pair.First + 1e-9));
    }, iter: 100);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void BoxThatIsWhollyRight_CostsNothing_AndItsGradientIsANumber(double gamma)
    {
        var scores = Rows([0, 1000]).to(float32).requires_grad_();
        var cost = new FocalLoss(Gamma: gamma).PerBox(scores, tensor(new long[] { 1 })).sum();
        cost.backward();

        cost.ToDouble().Should().Be(0);
        scores.grad!.Numbers().Should().Equal(0, 0);
    }

    [Fact]
    public void NumberOutOfItsRange_IsRefused()
    {
        FluentActions.Invoking(() => new FocalLoss(Alpha: 1.1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Alpha*");
        FluentActions.Invoking(() => new FocalLoss(Gamma: -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Gamma*");
    }
}
