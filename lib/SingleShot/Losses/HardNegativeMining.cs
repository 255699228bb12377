using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Chooses the negatives that teach most, so that they do not outnumber the positives (section 2.2 of the paper).</summary>
/// <param name="ratio">Negatives for each positive default box of the same image; 3 in the paper.</param>
public sealed class HardNegativeMining(double ratio = 3) : NegativeMining(ratio)
{
    /// <inheritdoc/>
    protected override Tensor Importance(Tensor hardness) => hardness;
}
