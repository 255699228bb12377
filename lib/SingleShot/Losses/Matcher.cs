using SingleShot.Boxes;
using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Losses;

/// <summary>Decides which default boxes learn to predict which ground truths (section 2.2 of the paper, 'Matching strategy').</summary>
public abstract class Matcher
{
    /// <summary>Matches the default boxes to the ground truths of a batch.</summary>
    /// <param name="truths">Corners [N, M, 4], as fractions of the image's sides; float64 keeps pixels exact.</param>
    /// <param name="present">bool [N, M]: true for a ground truth, false for padding.</param>
    /// <param name="defaults">Center and size [A, 4], as fractions.</param>
    /// <param name="inputSize">
    /// Side of the network's input in pixels, in which overlaps are computed. A ground truth may overlap several default boxes equally,
    /// and then rounding chooses among them: in pixels it chooses as torchvision does.
    /// </param>
    /// <returns>The matches; none for an image without ground truths.</returns>
    public Matches Match(Tensor truths, Tensor present, Tensor defaults, double inputSize = 1)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var overlaps = Jaccard.Overlap(truths.Times(inputSize).to(defaults.dtype), BoxFormat.CenterToCorners(defaults).Times(inputSize)) // [N, M, A]
            .MaskedFill(present.logical_not().unsqueeze(-1), -1);
        var matched = truths.shape[1] == 0 ? zeros_like(overlaps, @bool) : MatchedPairs(overlaps, present);
        var pairs = matched.nonzero(); // [P, 3]: image, ground truth, default box
        return new Matches(
            pairs[.., 0].MoveToOuterDisposeScope(),
            pairs[.., 1].MoveToOuterDisposeScope(),
            pairs[.., 2].MoveToOuterDisposeScope(),
            matched.any(1).MoveToOuterDisposeScope());
    }

    /// <summary>The rule itself.</summary>
    /// <param name="overlaps">Jaccard overlaps [N, M, A]; -1 for padding. M is at least 1.</param>
    /// <param name="present">bool [N, M].</param>
    /// <returns>bool [N, M, A]: true where the default box answers for the ground truth.</returns>
    protected abstract Tensor MatchedPairs(Tensor overlaps, Tensor present);
}

/// <summary>
/// Each default box answers for the ground truth that it overlaps best, if by at least the threshold; then each ground truth gets
/// the default box that overlaps it best, whatever the threshold, so that hardly any goes without.
/// </summary>
/// <param name="threshold">Jaccard overlap, 0 to 1, from which a default box matches.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
/// <remarks>
/// As torchvision has it. Of equal overlaps the lower index wins; where two ground truths claim the same default box by force,
/// the later one gets it.
/// </remarks>
public sealed class BestOverlapMatcher(double threshold = 0.5) : Matcher
{
    private readonly double _threshold = Checked.Between(threshold, 0, 1);

    /// <inheritdoc/>
    protected override Tensor MatchedPairs(Tensor overlaps, Tensor present)
    {
        var (images, truths, boxes) = (overlaps.shape[0], overlaps.shape[1], overlaps.shape[2]);
        var numbers = ScalarArithmetic.Range(1, truths + 1, overlaps.device);            // [M]: 1 to M
        var (best, bestTruth) = overlaps.max(1);                                         // [N, A] each
        var chosen = where(best.AtLeast(_threshold), bestTruth.Plus(1), zeros_like(bestTruth)); // [N, A]: 0 for none

        var bestDefault = overlaps.argmax(-1);                                           // [N, M]
        var later = numbers.unsqueeze(0) > numbers.unsqueeze(1);                         // [M, M]
        var claimedLater = (bestDefault.unsqueeze(1) == bestDefault.unsqueeze(2))        // [N, M, M]
            .logical_and(later).logical_and(present.unsqueeze(1)).any(-1);               // [N, M]
        var forces = present.logical_and(claimedLater.logical_not());
        // Truths that force nothing write into a column behind the last.
        var places = bestDefault.MaskedFill(forces.logical_not(), boxes);               // [N, M]
        chosen = cat([chosen, zeros_like(chosen.narrow(1, 0, 1))], 1).scatter_(1, places, numbers.expand(images, truths)).narrow(1, 0, boxes);
        return chosen.unsqueeze(1) == numbers.view(1, -1, 1);                            // [N, M, A]
    }
}

/// <summary>
/// Every pair that overlaps by more than the threshold is a match: a default box may answer for several ground truths, and a
/// ground truth that no default box overlaps enough is matched by none.
/// </summary>
/// <param name="threshold">Jaccard overlap, 0 to 1, that a match has to exceed.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range.</exception>
public sealed class ManyToManyMatcher(double threshold = 0.5) : Matcher
{
    private readonly double _threshold = Checked.Between(threshold, 0, 1);

    /// <inheritdoc/>
    protected override Tensor MatchedPairs(Tensor overlaps, Tensor present) => overlaps.Above(_threshold); // padding overlaps by -1
}

/// <summary>Which default boxes of which images answer for which ground truths.</summary>
/// <param name="Images">int64 [P]: the image of each match.</param>
/// <param name="Truths">int64 [P]: the ground truth of each match, counted in its image.</param>
/// <param name="DefaultBoxes">int64 [P]: the default box of each match.</param>
/// <param name="Positive">bool [N, A]: true for a default box with at least one match.</param>
public sealed record Matches(torch.Tensor Images, torch.Tensor Truths, torch.Tensor DefaultBoxes, torch.Tensor Positive)
{
    /// <summary>Number of matches, P.</summary>
    public long Count => Images.shape[0];

    /// <summary>The matches of one image, to look at.</summary>
    /// <param name="image">Its number in the batch, from 0.</param>
    /// <returns>Ground truth by ground truth, each with its default boxes in order.</returns>
    public IReadOnlyList<Match> InImage(int image)
    {
        if (Count == 0)
        {
            return [];
        }
        long[] images = Numbers(Images), truths = Numbers(Truths), boxes = Numbers(DefaultBoxes);
        return [.. Enumerable.Range(0, images.Length)
            .Where(i => images[i] == image)
            .Select(i => new Match((int)truths[i], (int)boxes[i]))];
    }

    private static long[] Numbers(torch.Tensor values)
    {
        using var onCpu = values.cpu().contiguous();
        return onCpu.data<long>().ToArray();
    }
}

/// <summary>A default box that answers for a ground truth, in one image.</summary>
/// <param name="Truth">The ground truth, counted in its image from 0.</param>
/// <param name="DefaultBox">The default box, by its place in the order of the network's outputs.</param>
public readonly record struct Match(int Truth, int DefaultBox);
