using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>
/// The two ways to write a box as four numbers: corners (left, top, right, bottom), and center (cx, cy, w, h). Any unit.
/// </summary>
public static class BoxFormat
{
    /// <summary>Center and size from corners.</summary>
    /// <param name="boxes">Corners [..., 4].</param>
    /// <returns>Center and size [..., 4].</returns>
    public static Tensor CornersToCenter(Tensor boxes)
    {
        using var scope = NewDisposeScope();
        var (upperLeft, lowerRight) = Halves(boxes); // [..., 2] each
        return cat([upperLeft.Plus(lowerRight).Over(2), lowerRight - upperLeft], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Corners from center and size.</summary>
    /// <param name="boxes">Center and size [..., 4].</param>
    /// <returns>Corners [..., 4].</returns>
    public static Tensor CenterToCorners(Tensor boxes)
    {
        using var scope = NewDisposeScope();
        var (center, size) = Halves(boxes); // [..., 2] each
        var half = size.Over(2);
        return cat([center - half, center.Plus(half)], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Moves corners that lie outside onto the edge of the picture.</summary>
    /// <param name="boxes">Corners [..., 4].</param>
    /// <param name="width">x of the right edge: 1 for boxes in fractions, the picture's width for boxes in pixels.</param>
    /// <param name="height">y of the lower edge.</param>
    /// <returns>Corners [..., 4], each within 0 and the edge; a box wholly outside has no area left.</returns>
    public static Tensor Clip(Tensor boxes, double width = 1, double height = 1)
    {
        using var scope = NewDisposeScope();
        var x = boxes[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)].Clamp(0, width);  // [..., 2] left, right
        var y = boxes[TensorIndex.Ellipsis, TensorIndex.Slice(1, null, 2)].Clamp(0, height); // [..., 2] top, bottom
        return stack([x, y], -1).flatten(-2).MoveToOuterDisposeScope();                          // left, top, right, bottom
    }

    internal static (Tensor First, Tensor Second) Halves(Tensor boxes) => (boxes.narrow(-1, 0, 2), boxes.narrow(-1, 2, 2));
}
