using static TorchSharp.torch;

namespace SingleShot.Losses;

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
