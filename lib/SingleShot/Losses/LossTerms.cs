using System.Globalization;
using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>The loss of a batch, term by term; each a scalar, already divided by the number of matches.</summary>
/// <param name="Localization">Smooth L1 of the matches' offsets.</param>
/// <param name="Confidence">Softmax loss of the matches' classes.</param>
/// <param name="NoMatch">Loss of the mined boxes that match nothing.</param>
/// <param name="Total">The sum of the three, which training makes small.</param>
/// <param name="Matches">Number of matches, before it is held to at least 1.</param>
/// <param name="Negatives">Number of boxes mined.</param>
public sealed record LossTerms(
    torch.Tensor Localization, torch.Tensor Confidence, torch.Tensor NoMatch, torch.Tensor Total, long Matches, long Negatives)
{
    /// <summary>The terms as numbers, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"loss {Value(Total):F4} = localization {Value(Localization):F4} + confidence {Value(Confidence):F4} "
        + $"+ no match {Value(NoMatch):F4} ({Matches} matches, {Negatives} negatives)");

    private static double Value(torch.Tensor term)
    {
        using var scope = torch.NewDisposeScope();
        return term.detach().to(torch.float64).Number<double>();
    }
}

/// <summary>Smooth L1 between predicted and true offsets (equation 2 of the paper).</summary>
public static class LocalizationLoss
{
    /// <summary>Sums over matches and coordinates: 0.5 x^2 where |x| is below 1, |x| - 0.5 beyond.</summary>
    /// <param name="offsets">Predicted offsets [P, 4].</param>
    /// <param name="targets">True offsets [P, 4].</param>
    /// <returns>A scalar; 0 for P = 0.</returns>
    public static Tensor Sum(Tensor offsets, Tensor targets) => nn.functional.smooth_l1_loss(offsets, targets, nn.Reduction.Sum);
}

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

/// <summary>The loss of boxes that match nothing, for scores without a background class.</summary>
public static class NoMatchLoss
{
    /// <summary>The largest of the softmaxed confidences of each box, c_max / sum c: how much some class stands out.</summary>
    /// <param name="scores">Scores [..., K].</param>
    /// <returns>[...], from 1/K, where no class stands out, to 1.</returns>
    public static Tensor Confidence(Tensor scores)
    {
        using var scope = NewDisposeScope();
        return scores.softmax(-1).amax([-1]).MoveToOuterDisposeScope();
    }

    /// <summary>log(1 + c_max / sum c) of each box.</summary>
    /// <param name="scores">Scores [..., K].</param>
    /// <returns>[...], from log(1 + 1/K) to log 2.</returns>
    public static Tensor PerBox(Tensor scores)
    {
        using var scope = NewDisposeScope();
        return Confidence(scores).log1p().MoveToOuterDisposeScope();
    }
}
