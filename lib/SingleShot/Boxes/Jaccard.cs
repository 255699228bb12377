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
        var (aUpper, aLower) = BoxFormat.Halves(a.unsqueeze(-2)); // [..., N, 1, 2] each
        var (bUpper, bLower) = BoxFormat.Halves(b.unsqueeze(-3)); // [..., 1, M, 2] each
        var intersection = Area(maximum(aUpper, bUpper), minimum(aLower, bLower)); // [..., N, M]
        var union = Area(aUpper, aLower).Plus(Area(bUpper, bLower)) - intersection; // [..., N, M]
        return where(union.Above(0), intersection / union, zeros_like(union)).MoveToOuterDisposeScope();
    }

    private static Tensor Area(Tensor upperLeft, Tensor lowerRight) => (lowerRight - upperLeft).ClampMin(0).prod(-1);
}
