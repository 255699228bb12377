using SingleShot.Boxes;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>Suppression of all boxes at once, again and again, until nothing changes: a box is kept if no kept box before it overlaps it.</summary>
/// <remarks>
/// The first boxes are right after the first round and each later one at the latest a round after those before it, so the end is
/// the greedy result; the longest chain of overlaps sets the number of rounds. On a GPU this costs a few kernels
/// and one synchronization a round, for all classes together.
/// </remarks>
internal static class ParallelSuppression
{
    /// <summary>The boxes to keep of several lists.</summary>
    /// <param name="boxes">Corners [C, n, 4] on any device, in each list by falling score.</param>
    /// <param name="overlap">Jaccard overlap above which the later box goes.</param>
    /// <returns>bool [C, n].</returns>
    public static Tensor Keep(Tensor boxes, double overlap)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var suppresses = Jaccard.Overlap(boxes, boxes).Above(overlap).triu(1); // [C, n, n]: row drops column
        var kept = ones(boxes.shape[..^1], @bool, boxes.device);               // [C, n]
        while (true)
        {
            var next = suppresses.logical_and(kept.unsqueeze(-1)).any(1).logical_not();
            if (!next.ne(kept).any().Number<bool>())
            {
                return next.MoveToOuterDisposeScope();
            }
            kept = next;
        }
    }
}
