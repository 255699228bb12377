using System.Numerics;
using SingleShot.Boxes;
using SingleShot.Runtime;
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
        ? GreedySuppression.Keep(boxes, overlap)
        : ParallelSuppression.Keep(boxes, overlap);
}

/// <summary>Suppression as the rule is told: from the highest score down, each kept box drops those after it that overlap it too much.</summary>
/// <remarks>Looks only at boxes that are still there, one pair at a time: a processor's way, tens of times faster there than all pairs at once.</remarks>
internal static class GreedySuppression
{
    /// <summary>The boxes to keep of several lists.</summary>
    /// <param name="boxes">Corners [C, n, 4] on the CPU, float32 or float64, in each list by falling score.</param>
    /// <param name="overlap">Jaccard overlap above which the later box goes.</param>
    /// <returns>bool [C, n].</returns>
    public static Tensor Keep(Tensor boxes, double overlap)
    {
        if (boxes.numel() == 0)
        {
            return ones(boxes.shape[..^1], @bool);
        }
        using var contiguous = boxes.contiguous();
        return boxes.dtype == ScalarType.Float64 ? Keep<double>(contiguous, overlap) : Keep<float>(contiguous, (float)overlap);
    }

    private static Tensor Keep<T>(Tensor boxes, T overlap)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var corners = boxes.data<T>().ToArray();
        var (lists, length) = ((int)boxes.shape[0], (int)boxes.shape[1]);
        var kept = new bool[lists * length];
        Array.Fill(kept, true);
        for (var list = 0; list < lists; list++)
        {
            Keep(corners.AsSpan(4 * list * length, 4 * length), kept.AsSpan(list * length, length), overlap);
        }
        return tensor(kept, [lists, length]);
    }

    private static void Keep<T>(ReadOnlySpan<T> corners, Span<bool> kept, T overlap)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < kept.Length; i++)
        {
            if (!kept[i])
            {
                continue;
            }
            var (x0, y0, x1, y1) = (corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
            var area = Side(x0, x1) * Side(y0, y1);
            for (var j = i + 1; j < kept.Length; j++)
            {
                if (kept[j])
                {
                    var (u0, v0, u1, v1) = (corners[4 * j], corners[4 * j + 1], corners[4 * j + 2], corners[4 * j + 3]);
                    var intersection = Side(T.Max(x0, u0), T.Min(x1, u1)) * Side(T.Max(y0, v0), T.Min(y1, v1));
                    var union = area + Side(u0, u1) * Side(v0, v1) - intersection;
                    kept[j] = !(union > T.Zero && intersection / union > overlap);
                }
            }
        }
    }

    private static T Side<T>(T from, T to)
        where T : IFloatingPointIeee754<T> => T.Max(to - from, T.Zero);
}

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
