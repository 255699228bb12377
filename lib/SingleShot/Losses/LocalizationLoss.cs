using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Smooth L1 between predicted and true offsets (equation 2 of the paper).</summary>
public static class LocalizationLoss
{
    /// <summary>Sums over matches and coordinates: 0.5 x^2 where |x| is below 1, |x| - 0.5 beyond.</summary>
    /// <param name="offsets">Predicted offsets [P, 4].</param>
    /// <param name="targets">True offsets [P, 4].</param>
    /// <returns>A scalar; 0 for P = 0.</returns>
    public static Tensor Sum(Tensor offsets, Tensor targets) => nn.functional.smooth_l1_loss(offsets, targets, nn.Reduction.Sum);
}
