using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>Turns boxes into offsets from default boxes, and back (equation 2 of the paper), by the weights of a <see cref="BoxCoder"/>.</summary>
public static class BoxCoding
{
    /// <summary>Offsets that lead from default boxes to boxes.</summary>
    /// <param name="coder">The weights.</param>
    /// <param name="boxes">Corners [..., 4], of positive width and height.</param>
    /// <param name="defaults">Center and size [..., 4], in the same unit; broadcasts against <paramref name="boxes"/>.</param>
    /// <returns>Offsets [..., 4].</returns>
    public static Tensor Encode(this BoxCoder coder, Tensor boxes, Tensor defaults)
    {
        ArgumentNullException.ThrowIfNull(coder);
        using var scope = NewDisposeScope();
        var (center, size) = BoxFormat.Halves(BoxFormat.CornersToCenter(boxes)); // [..., 2] each
        var (defaultCenter, defaultSize) = BoxFormat.Halves(defaults);
        var move = ((center - defaultCenter) / defaultSize).Times(coder.CenterWeight);
        var stretch = log(size / defaultSize).Times(coder.SizeWeight);
        return cat([move, stretch], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Boxes that offsets lead to: the inverse of <see cref="Encode"/>, sizes limited to 62.5 times the default box's.</summary>
    /// <param name="coder">The weights.</param>
    /// <param name="offsets">Offsets [..., 4].</param>
    /// <param name="defaults">Center and size [..., 4]; broadcasts against <paramref name="offsets"/>.</param>
    /// <returns>Corners [..., 4], in the unit of <paramref name="defaults"/>; not clipped to the image.</returns>
    public static Tensor Decode(this BoxCoder coder, Tensor offsets, Tensor defaults)
    {
        ArgumentNullException.ThrowIfNull(coder);
        using var scope = NewDisposeScope();
        var (move, stretch) = BoxFormat.Halves(offsets); // [..., 2] each
        var (defaultCenter, defaultSize) = BoxFormat.Halves(defaults);
        var center = (move.Over(coder.CenterWeight) * defaultSize).Plus(defaultCenter);
        var size = exp(stretch.Over(coder.SizeWeight).ClampMax(BoxCoder.LargestLogSize)) * defaultSize;
        return BoxFormat.CenterToCorners(cat([center, size], -1)).MoveToOuterDisposeScope();
    }
}
