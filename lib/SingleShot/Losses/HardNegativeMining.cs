using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Chooses the negatives that teach most, so that they do not outnumber the positives (section 2.2 of the paper).</summary>
/// <param name="Ratio">Negatives for each positive default box of the same image; 3 in the paper.</param>
public sealed record HardNegativeMining(double Ratio = 3)
{
    private static readonly Scalar Never = double.NegativeInfinity;

    /// <summary>Chooses in each image the hardest default boxes that match nothing.</summary>
    /// <param name="hardness">[N, A]: how wrong the network is on each box, if it holds no object.</param>
    /// <param name="positive">bool [N, A]: the boxes with a match, which are never chosen.</param>
    /// <returns>bool [N, A]; of equally hard boxes those with the lower index. Nothing is chosen in an image without positives.</returns>
    public Tensor Select(Tensor hardness, Tensor positive)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using Scalar ratio = Ratio;
        using Scalar count = hardness.shape[1];
        var quota = (positive.sum(1, keepdim: true) * ratio).floor();                                             // [N, 1]
        var (_, order) = hardness.masked_fill(positive, Never).sort(1, descending: true, stable: true); // [N, A]
        var places = arange(HeldScalars.Zero, count, HeldScalars.One, device: order.device).expand_as(order);
        var rank = zeros_like(order).scatter_(1, order, places);                                                  // [N, A]
        return (rank < quota).logical_and(positive.logical_not()).MoveToOuterDisposeScope();
    }
}
