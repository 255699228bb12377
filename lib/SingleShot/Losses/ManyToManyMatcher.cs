using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>
/// Every pair that overlaps by more than the threshold is a match: a default box may answer for several ground truths, and a
/// ground truth that no default box overlaps enough is matched by none.
/// </summary>
/// <param name="threshold">Jaccard overlap, 0 to 1, that a match has to exceed.</param>
public sealed class ManyToManyMatcher(double threshold = 0.5) : Matcher
{
    /// <inheritdoc/>
    protected override Tensor MatchedPairs(Tensor overlaps, Tensor present) => overlaps.Above(threshold); // padding overlaps by -1
}
