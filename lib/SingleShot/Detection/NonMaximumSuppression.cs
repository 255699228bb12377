using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>Keeps the detection with the highest score among those that overlap each other (section 3.7 of the paper).</summary>
/// <remarks>Boxes are taken from the highest score down, and each drops those that it overlaps by more than the threshold.</remarks>
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

    /// <summary>The same for several lists at once, for instance one for each class; boxes of different lists do not affect each other.</summary>
    /// <param name="boxes">Corners [C, n, 4], in each list by falling score; padding has no area and harms nothing.</param>
    /// <param name="overlap">Jaccard overlap above which the later box goes.</param>
    /// <returns>bool [C, n].</returns>
    public static Tensor KeepSorted(Tensor boxes, double overlap) => boxes.device_type == DeviceType.CPU
        ? SequentialSuppression.Keep(boxes, overlap)
        : ParallelSuppression.Keep(boxes, overlap);
}
