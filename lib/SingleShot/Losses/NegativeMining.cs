using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Chooses negatives: of the default boxes that match nothing, those which are taught that nothing is there.</summary>
/// <param name="ratio">Negatives for each positive default box of the same image, 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">The ratio is negative or not finite.</exception>
public abstract class NegativeMining(double ratio)
{
    private const double Never = double.NegativeInfinity;

    /// <summary>Negatives for each positive default box of the same image, 0 or more.</summary>
    public double Ratio { get; } = Checked.AtLeast(ratio, 0);

    /// <summary>Chooses the negatives of each image, those that matter most first.</summary>
    /// <param name="hardness">[N, A]: how wrong the network is on each box, if it holds no object.</param>
    /// <param name="positive">bool [N, A]: the boxes with a match, which are never chosen.</param>
    /// <returns>bool [N, A]; of boxes that matter equally those with the lower index. Nothing is chosen in an image without positives.</returns>
    public Tensor Select(Tensor hardness, Tensor positive)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var free = positive.logical_not();
        var quota = minimum(positive.sum(1, keepdim: true).Times(Ratio).floor(), free.sum(1, keepdim: true)).to(int64); // [N, 1]
        var most = (int)quota.max().Number<long>();
        if (most == 0)
        {
            return zeros_like(positive).MoveToOuterDisposeScope();
        }
        // The least of those chosen parts the boxes; sorting all of them would take ten times as long.
        var importance = Importance(hardness).MaskedFill(positive, Never);                         // [N, A]
        var (highest, _) = importance.topk(most, 1);                                               // [N, most], falling
        var least = highest.gather(1, quota.Plus(-1).ClampMin(0));                                 // [N, 1]
        var above = (importance <= least).logical_not();                                           // [N, A]; NaN, too: it has to show in the loss
        var tied = importance == least;
        var first = tied.cumsum(1) <= quota - above.sum(1, keepdim: true);                         // [N, A]: as many of the tied as there is room for
        return above.logical_or(tied.logical_and(first)).logical_and(free).MoveToOuterDisposeScope();
    }

    /// <summary>How much each box matters: a finite number, the higher the sooner it is chosen.</summary>
    /// <param name="hardness">[N, A], as <see cref="Select"/> has it.</param>
    /// <returns>[N, A], floating point, on the same device.</returns>
    protected abstract Tensor Importance(Tensor hardness);
}

/// <summary>Chooses the negatives that teach most, so that they do not outnumber the positives (section 2.2 of the paper).</summary>
/// <param name="ratio">Negatives for each positive default box of the same image, 0 or more; 3 in the paper.</param>
/// <exception cref="ArgumentOutOfRangeException">The ratio is negative or not finite.</exception>
public sealed class HardNegativeMining(double ratio = 3) : NegativeMining(ratio)
{
    /// <inheritdoc/>
    protected override Tensor Importance(Tensor hardness) => hardness;
}

/// <summary>Chooses negatives at random, anew at each call: the baseline that hard negative mining has to beat.</summary>
/// <param name="seed">Seed of the choices: equal seeds make the same ones, in the order of the calls.</param>
/// <param name="ratio">Negatives for each positive default box of the same image, 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">The ratio is negative or not finite.</exception>
public sealed class RandomNegatives(int seed, double ratio = 3) : NegativeMining(ratio)
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    protected override Tensor Importance(Tensor hardness)
    {
        using var generator = new Generator((ulong)_random.NextInt64());
        return rand(hardness.shape, generator: generator).to(hardness.device);
    }
}
