using System.Numerics;
using static TorchSharp.torch;

namespace SingleShot.Detection;

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
