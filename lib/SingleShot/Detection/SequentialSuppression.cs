using System.Numerics;
using static TorchSharp.torch;

namespace SingleShot.Detection;

/// <summary>A processor's way to suppress: each list by itself, from its highest score down (<see cref="GreedySuppression"/>).</summary>
internal static class SequentialSuppression
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
        Parallel.For(0, lists, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, list =>
            GreedySuppression.Keep(corners.AsSpan(4 * list * length, 4 * length), kept.AsSpan(list * length, length), overlap));
        return tensor(kept, [lists, length]);
    }
}
