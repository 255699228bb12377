using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>
/// Each default box answers for the ground truth that it overlaps best, if by at least the threshold; then each ground truth gets
/// the default box that overlaps it best, whatever the threshold, so that hardly any goes without.
/// </summary>
/// <param name="threshold">Jaccard overlap, 0 to 1, from which a default box matches.</param>
/// <remarks>
/// As torchvision has it. Of equal overlaps the lower index wins; where two ground truths claim the same default box by force,
/// the later one gets it.
/// </remarks>
public sealed class BestOverlapMatcher(double threshold = 0.5) : Matcher
{
    /// <inheritdoc/>
    protected override Tensor MatchedPairs(Tensor overlaps, Tensor present)
    {
        var numbers = HeldScalars.Range(1, overlaps.shape[1] + 1, overlaps.device).view(1, -1, 1); // [1, M, 1]: 1 to M
        var (best, bestTruth) = overlaps.max(1);                                         // [N, A] each
        var chosen = where(best.AtLeast(threshold), bestTruth.Plus(1), zeros_like(bestTruth)); // [N, A]: 0 for none

        var bestDefault = overlaps.argmax(-1, keepdim: true);                            // [N, M, 1]
        var forced = zeros_like(overlaps, @bool).scatter_(-1, bestDefault, present.unsqueeze(-1)); // [N, M, A]
        var (forcedTruth, _) = (forced.to(int64) * numbers).max(1);                      // [N, A]: the later truth wins
        chosen = where(forcedTruth.Above(0), forcedTruth, chosen);
        return chosen.unsqueeze(1) == numbers;                                           // [N, M, A]
    }
}
