using SingleShot.Boxes;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>Of detections that overlap, keeps the surest (section 2.2 of the paper, end of 'Inference').</summary>
/// <remarks>
/// The greedy rule takes boxes from the highest score down and drops each that overlaps a kept one by more than the threshold.
/// Here all boxes are judged at once, again and again, until nothing changes: a box is kept if no kept box before it overlaps it.
/// The first boxes are right after the first round and each later one at the latest a round after those before it, so the end is
/// the greedy result; the longest chain of overlaps sets the number of rounds. On a GPU this costs a few kernels
/// and one synchronisation a round, for all classes together.
/// </remarks>
public static class NonMaximumSuppression
{
    /// <summary>The boxes to keep.</summary>
    /// <param name="boxes">Corners [n, 4], any unit.</param>
    /// <param name="scores">[n].</param>
    /// <param name="overlap">Jaccard overlap above which the lower score goes; 0.45 in the paper.</param>
    /// <returns>int64 [k]: indices into <paramref name="boxes"/> by falling score, of equal scores the lower index first.</returns>
    public static Tensor Keep(Tensor boxes, Tensor scores, double overlap = 0.45)
    {
        using var scope = NewDisposeScope();
        var (_, order) = scores.sort(0, descending: true, stable: true);
        var kept = KeepSorted(boxes[order].unsqueeze(0), overlap).squeeze(0); // [n]
        return order.masked_select(kept).MoveToOuterDisposeScope();
    }

    /// <summary>The same for several lists at once, which do not see each other: one for each class.</summary>
    /// <param name="boxes">Corners [C, n, 4], in each list by falling score; padding has no area and harms nothing.</param>
    /// <param name="overlap">Jaccard overlap above which the later box goes.</param>
    /// <returns>bool [C, n].</returns>
    public static Tensor KeepSorted(Tensor boxes, double overlap)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var suppresses = (Jaccard.Overlap(boxes, boxes) > overlap).triu(1); // [C, n, n]: row drops column
        var kept = ones(boxes.shape[..^1], @bool, boxes.device);            // [C, n]
        while (true)
        {
            var next = suppresses.logical_and(kept.unsqueeze(-1)).any(1).logical_not();
            if (!next.ne(kept).any().item<bool>())
            {
                return next.MoveToOuterDisposeScope();
            }
            kept = next;
        }
    }
}
