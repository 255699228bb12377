using System.Collections.Concurrent;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Networks;

public class BatchNormalizationTests
{
    [Fact]
    public void OneValuePerChannel_IsRefusedInTraining_AndNothingChanges()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormalization(4);
        layer.train();

        FluentActions.Invoking(() => layer.call(ones(1, 4, 1, 1))).Should().Throw<ArgumentException>()
            .WithMessage("*expected more than 1 value per channel when training*[1, 4, 1, 1]*at least 2 pictures*");

        layer.state_dict()["num_batches_tracked"].Integers().Should().Equal(0);
        layer.state_dict()["running_var"].Numbers().Should().Equal(1, 1, 1, 1);
        layer.call(ones(2, 4, 1, 1)).shape.Should().Equal(2, 4, 1, 1);
        layer.eval();
        layer.call(ones(1, 4, 1, 1)).shape.Should().Equal(1, 4, 1, 1);
    }

    [Fact]
    public void BatchInTwoHalves_WithASumOverThem_IsNormalizedAsOne_AndSoAreItsGradients()
    {
        using var scope = NewDisposeScope();
        var (input, upstream) = (rand(4, 3, 2, 5, dtype: float64, generator: new Generator(1)), rand(4, 3, 2, 5, dtype: float64, generator: new Generator(2)));
        using var whole = new Normalized(input, upstream, null);
        using var meeting = new Meeting(2);

        var halves = new Normalized[2];
        Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, half =>
            halves[half] = new Normalized(input.narrow(0, 2 * half, 2), upstream.narrow(0, 2 * half, 2), new StatisticsSum(meeting)));

        foreach (var name in new[] { "running_mean", "running_var" })
        {
            halves[0].Layer.state_dict()[name].Numbers().Should().Equal(whole.Layer.state_dict()[name].Numbers(), (a, b) => Math.Abs(a - b) < 1e-12);
            halves[1].Layer.state_dict()[name].Numbers().Should().Equal(halves[0].Layer.state_dict()[name].Numbers());
        }
        cat([halves[0].Output, halves[1].Output]).allclose(whole.Output, 1e-12, 1e-12).Should().BeTrue();
        cat([halves[0].InputGradient, halves[1].InputGradient]).allclose(whole.InputGradient, 1e-12, 1e-12).Should().BeTrue("each half's loss asks something of the other half's pictures");
        foreach (var (one, left, right) in whole.Layer.parameters().Zip(halves[0].Layer.parameters(), halves[1].Layer.parameters()))
        {
            (left.grad! + right.grad!).allclose(one.grad!, 1e-12, 1e-12).Should().BeTrue();
        }
        halves[0].Dispose();
        halves[1].Dispose();
    }

    [Fact]
    public void SumThatFailsAmongTheGradients_IsThrownAfterThem()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNormalization(3) { SharedStatistics = new StatisticsSum(new FailsAfter(2)) };
        layer.train();
        layer.call(rand(2, 3, 2, 2, requires_grad: true)).sum().backward(); // no exception may cross libtorch

        FluentActions.Invoking(layer.SharedStatistics.ThrowIfFailed).Should().Throw<IOException>().WithMessage("the cable is out");
    }

    [Fact]
    public void SsdLiteInTraining_RefusesABatchOfOnePicture_ByTheLayersName()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = new SsdNetwork(Specifications.SsdLite320(["a"]), seed: 1);

        FluentActions.Invoking(() => network.call(zeros(1, 3, 320, 320))).Should().Throw<ArgumentException>()
            .WithMessage("backbone.extra.3.1.1 expected more than 1 value per channel*");
    }

    /// <summary>A layer after one step on a batch.</summary>
    private sealed class Normalized : IDisposable
    {
        public Normalized(Tensor input, Tensor upstream, StatisticsSum? shared)
        {
            Layer = new BatchNormalization(3) { SharedStatistics = shared };
            Layer.to(float64);
            Layer.train();
            using var scope = NewDisposeScope();
            var x = input.clone().requires_grad_();
            var y = Layer.call(x);
            (y * upstream).sum().backward();
            (Output, InputGradient) = (y.detach().DetachFromDisposeScope(), x.grad!.DetachFromDisposeScope());
        }

        public BatchNormalization Layer { get; }

        public Tensor Output { get; }

        public Tensor InputGradient { get; }

        public void Dispose()
        {
            Layer.Dispose();
            Output.Dispose();
            InputGradient.Dispose();
        }
    }

    /// <summary>Threads in the place of processes.</summary>
    private sealed class Meeting(int threads) : ITensorSum, IDisposable
    {
        private readonly Barrier _barrier = new(threads);
        private readonly ConcurrentDictionary<int, Tensor> _parts = new();

        public int Processes => threads;

        public void Sum(Tensor tensor)
        {
            _parts[Environment.CurrentManagedThreadId] = tensor;
            _barrier.SignalAndWait(TimeSpan.FromMinutes(1)).Should().BeTrue();
            using var sum = _parts.OrderBy(part => part.Key).Select(part => part.Value).Aggregate((a, b) => a + b);
            _barrier.SignalAndWait(TimeSpan.FromMinutes(1)).Should().BeTrue();
            using var gradients = no_grad();
            tensor.copy_(sum);
        }

        public void Dispose() => _barrier.Dispose();
    }

    private sealed class FailsAfter(int sums) : ITensorSum
    {
        private int _left = sums;

        public int Processes => 2;

        public void Sum(Tensor tensor)
        {
            if (_left-- == 0)
            {
                throw new IOException("the cable is out");
            }
        }
    }
}
