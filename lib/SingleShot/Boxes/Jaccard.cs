using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>Jaccard overlap of boxes: the area of their intersection over the area of their union.</summary>
public static class Jaccard
{
    /// <summary>Overlap of each box of one set with each of another.</summary>
    /// <param name="a">Corners [..., N, 4].</param>
    /// <param name="b">Corners [..., M, 4], in the same unit; leading dimensions broadcast.</param>
    /// <returns>Overlaps [..., N, M] from 0 (apart) to 1 (equal); 0 where both boxes have no area.</returns>
    public static Tensor Overlap(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Edges.Of(a, -2), Edges.Of(b, -3)); // [..., N, 1] and [..., 1, M] each
        var width = (minimum(first.Right, second.Right) - maximum(first.Left, second.Left)).ClampMin(0);  // [..., N, M]
        var height = (minimum(first.Bottom, second.Bottom) - maximum(first.Top, second.Top)).ClampMin(0);
        var intersection = width * height;
        var union = first.Area.Plus(second.Area) - intersection;
        return where(union.Above(0), intersection / union, zeros_like(union)).MoveToOuterDisposeScope();
    }

    /// <summary>The edges of boxes, a tensor each: side by side in memory, they are read several numbers at a time.</summary>
    private sealed record Edges(Tensor Left, Tensor Top, Tensor Right, Tensor Bottom)
    {
        public Tensor Area => (Right - Left).ClampMin(0) * (Bottom - Top).ClampMin(0);

        public static Edges Of(Tensor boxes, long dimension)
        {
            var four = boxes.unsqueeze(dimension).unbind(-1);
            return new Edges(four[0].contiguous(), four[1].contiguous(), four[2].contiguous(), four[3].contiguous());
        }
    }
}
