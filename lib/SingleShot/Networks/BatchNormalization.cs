using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>Batch normalization (arXiv 1502.03167) of each channel of a map, under PyTorch's names.</summary>
/// <remarks>TorchSharp's own counts its batches with a number that is not held (<see cref="ScalarArithmetic"/>).</remarks>
internal sealed class BatchNormalization : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;
    private readonly double _epsilon;
    private readonly double _momentum;

    /// <param name="channels">Channels of the map.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">The weight of a batch in the running mean and variance.</param>
    public BatchNormalization(int channels, double epsilon = 1e-5, double momentum = 0.1) : base(nameof(BatchNormalization))
    {
        (_epsilon, _momentum) = (epsilon, momentum);
        weight = Parameter(ones(channels));
        bias = Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        num_batches_tracked = zeros([], int64);
        RegisterComponents();
    }

    /// <summary>What the network calls it, for errors.</summary>
    public string Place { get; set; } = nameof(BatchNormalization);

    /// <summary>Adds up over the processes whose batches a training step normalizes as one; null where there is one process.</summary>
    public StatisticsSum? SharedStatistics { get; set; }

    /// <summary>[N, C, H, W] to the same shape: by the batch's mean and variance in training, and by the running ones otherwise.</summary>
    /// <exception cref="ArgumentException">
    /// In training a channel has one value only. Its variance would be 0/0, and the running one NaN from there on; nothing is changed.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        if (training)
        {
            var shared = is_grad_enabled() ? SharedStatistics : null; // what looks for NaN runs without gradients, in one process alone
            if (input.shape is [1, _, 1, 1] && shared is not { Processes: > 1 })
            {
                throw new ArgumentException(
                    $"{Place} expected more than 1 value per channel when training: its map is [{string.Join(", ", input.shape)}], and one value "
                    + "has no variance. Train with at least 2 pictures in a batch.");
            }
            using (no_grad())
            {
                num_batches_tracked.PlusInPlace(1);
            }
            if (shared is not null)
            {
                return OverAll(input, shared);
            }
        }
        return functional.batch_norm(input, running_mean, running_var, weight, bias, training, _momentum, _epsilon);
    }

    /// <summary>The mean first, then the deviations from it: sums of squares alone would lose float32's digits.</summary>
    private Tensor OverAll(Tensor input, StatisticsSum shared)
    {
        using var scope = NewDisposeScope();
        var count = shared.Processes * (input.NumberOfElements / input.shape[1]);
        var mean = shared.Sum(input.sum([0L, 2L, 3L])).Over(count);                     // [C]
        var centered = input - mean.view(1, -1, 1, 1);
        var squares = shared.Sum((centered * centered).sum([0L, 2L, 3L]));              // [C]
        using (no_grad())
        {
            running_mean.TimesInPlace(1 - _momentum).PlusInPlace(mean, _momentum);
            running_var.TimesInPlace(1 - _momentum).PlusInPlace(squares, _momentum / (count - 1));
        }
        var factors = weight * squares.Over(count).Plus(_epsilon).rsqrt();
        return (centered * factors.view(1, -1, 1, 1)).Plus(bias.view(1, -1, 1, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>What it does at inference: each channel times a factor, plus a shift.</summary>
    /// <returns>Factors and shifts, [C] each, float64.</returns>
    public (Tensor Factors, Tensor Shifts) AtInference()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var factors = weight.to(float64) / running_var.to(float64).Plus(_epsilon).sqrt();
        var shifts = bias.to(float64) - running_mean.to(float64) * factors;
        return (factors.MoveToOuterDisposeScope(), shifts.MoveToOuterDisposeScope());
    }
}
