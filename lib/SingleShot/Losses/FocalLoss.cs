using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>
/// The softmax loss with less weight for the boxes on which the network is right already: all negatives can count, and none has to be mined
/// (arXiv 1708.02002, section 3).
/// </summary>
/// <remarks>
/// FL(p) = -alpha (1 - p)^gamma log p, where p is the confidence of what the box should show; a negative has the weight 1 - alpha. The paper gives each
/// class a sigmoid of its own. Here p is the softmax's, as in <see cref="ConfidenceLoss"/>, so that a detector reads the scores as it always does.
/// </remarks>
/// <param name="Alpha">Weight of a box with an object, 0 to 1; 0.25 in the paper.</param>
/// <param name="Gamma">How fast the weight falls as a box is learned, at least 0; 2 in the paper. With 0 it does not fall.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its range; the message says which.</exception>
public sealed record FocalLoss(double Alpha = 0.25, double Gamma = 2)
{
    /// <summary>Weight of a box with an object, 0 to 1; a negative has 1 - Alpha.</summary>
    public double Alpha { get; init => field = Checked.Between(value, 0, 1); } = Checked.Between(Alpha, 0, 1);

    /// <summary>How fast the weight falls as a box is learned, at least 0.</summary>
    public double Gamma { get; init => field = Checked.AtLeast(value, 0); } = Checked.AtLeast(Gamma, 0);

    /// <summary>The cost of each box.</summary>
    /// <param name="scores">Scores [..., K], of which the first is the background's.</param>
    /// <param name="targets">int64 [...]: the column that should be highest; 0 for a negative.</param>
    /// <returns>[...], 0 or above.</returns>
    public Tensor PerBox(Tensor scores, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var cost = ConfidenceLoss.PerBox(scores, targets);                               // -log p
        var wrong = cost.neg().expm1().neg();                                            // 1 - p, exact where p is nearly 1
        Tensor Number(double value) => ScalarArithmetic.Full(1, value).to(cost.dtype).to(cost.device);
        var weight = where(targets.Above(0), Number(Alpha), Number(1 - Alpha));
        return (weight * wrong.pow(Number(Gamma)) * cost).MoveToOuterDisposeScope();
    }
}
