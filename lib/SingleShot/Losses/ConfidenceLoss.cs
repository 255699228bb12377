using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Softmax loss of the class that a box should show (equation 3 of the paper).</summary>
public static class ConfidenceLoss
{
    /// <summary>-log softmax(scores)[target] of each box.</summary>
    /// <param name="scores">Scores [..., K].</param>
    /// <param name="targets">int64 [...]: the column that should be highest.</param>
    /// <returns>[...], 0 or above.</returns>
    public static Tensor PerBox(Tensor scores, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return scores.log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1).neg().MoveToOuterDisposeScope();
    }
}
