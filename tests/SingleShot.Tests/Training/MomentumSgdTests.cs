using AwesomeAssertions;
using CsCheck;
using SingleShot.Training;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public class MomentumSgdTests
{
    [Fact]
    public void TwoSteps_AreThoseByHand()
    {
        using var scope = NewDisposeScope();
        using var weights = new Parameter(tensor([2f, -4f]));
        using var optimizer = new MomentumSgd([weights], momentum: 0.5, weightDecay: 0.25);

        weights.grad = tensor([1f, 1f]);
        optimizer.Step(0.5);
        // v = gradient + 0.25 w = 1.5, 0; w = w - 0.5 v
        weights.Numbers().Should().Equal(1.25, -4);

        weights.grad = tensor([1f, 1f]);
        optimizer.Step(0.5);
        // v = 0.5 v + gradient + 0.25 w = 0.75 + 1.3125 = 2.0625, 0
        weights.Numbers().Should().Equal(0.21875, -4);
    }

    [Fact]
    public void ParameterWithoutGradient_Stays()
    {
        using var weights = new Parameter(ones(3));
        using var optimizer = new MomentumSgd([weights], momentum: 0.9, weightDecay: 0.1);

        optimizer.Step(1);

        weights.Numbers().Should().Equal(1, 1, 1);
    }

    [Fact]
    public void OnePassOverTheMemory_GivesWhatSingleOperationsDo() => Gen.Select(
        Gen.Int[1, 300_000], Gen.Double[0, 1], Gen.Double[0, 0.1], Gen.Double[0, 1], Gen.Int[0, 1000]).Sample((count, momentum, decay, rate, seed) =>
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var start = randn([count], float32, generator: generator);
        using var fast = new Parameter(start.clone());
        using var plain = new Parameter(start.to(float64)); // float64 goes by single operations
        using var one = new MomentumSgd([fast], momentum, decay);
        using var other = new MomentumSgd([plain], momentum, decay);
        for (var step = 0; step < 3; step++)
        {
            var gradient = randn([count], float32, generator: generator);
            (fast.grad, plain.grad) = (gradient, gradient.to(float64));
            one.Step(rate);
            other.Step(rate);
        }
        (fast.to(float64) - plain).abs().max().item<double>().Should().BeLessThan(2e-5);
    }, iter: 20);

    [Fact]
    public void GradientThatLiesAcrossItsMemory_IsTakenByItsPlaces()
    {
        using var scope = NewDisposeScope();
        using var weights = new Parameter(zeros(2, 3));
        using var optimizer = new MomentumSgd([weights], momentum: 0.9, weightDecay: 0);

        weights.grad = tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }).t();
        optimizer.Step(1);

        weights.Numbers().Should().Equal(-1, -3, -5, -2, -4, -6);
    }
}
