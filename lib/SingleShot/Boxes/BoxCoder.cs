using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>Turns boxes into offsets from default boxes, and back (equation 2 of the paper).</summary>
/// <param name="CenterWeight">What the center's offsets are multiplied by, above 0; the reciprocal of their 'variance'.</param>
/// <param name="SizeWeight">What the size's logarithms are multiplied by, above 0; the reciprocal of their 'variance'.</param>
/// <exception cref="ArgumentOutOfRangeException">A weight is not above 0, or not finite.</exception>
/// <remarks>
/// With p a box and d a default box, as center and size:
/// <code>
/// g_cx = (p_cx - d_cx) / d_w   g_cy = (p_cy - d_cy) / d_h   g_w = log(p_w / d_w)   g_h = log(p_h / d_h)
/// </code>
/// each times its weight. The weights bring the four targets, which are small numbers of different spread, to about one size, so
/// that one smooth L1 loss fits them all; the 'variances' (0.1, 0.1, 0.2, 0.2) of the authors' code are the same thing as the
/// weights (10, 10, 5, 5) of torchvision.
/// </remarks>
public sealed record BoxCoder(double CenterWeight, double SizeWeight)
{
    // A network's early guesses must not overflow exp(): torchvision's bound on the decoded size, as a multiple of the default box.
    private static readonly double LargestLogSize = Math.Log(1000.0 / 16);

    /// <summary>Weight of the center's offsets, above 0.</summary>
    public double CenterWeight { get; init => field = Checked.Positive(value); } = Checked.Positive(CenterWeight);

    /// <summary>Weight of the size's logarithms, above 0.</summary>
    public double SizeWeight { get; init => field = Checked.Positive(value); } = Checked.Positive(SizeWeight);

    /// <summary>Offsets as the paper's equation has them, all weights 1.</summary>
    public static BoxCoder Plain { get; } = new(1, 1);

    /// <summary>Offsets with the variances of the authors' code: weights (10, 10, 5, 5).</summary>
    public static BoxCoder WithVariances { get; } = new(10, 5);

    /// <summary>Offsets that lead from default boxes to boxes.</summary>
    /// <param name="boxes">Corners [..., 4], of positive width and height.</param>
    /// <param name="defaults">Center and size [..., 4], in the same unit; broadcasts against <paramref name="boxes"/>.</param>
    /// <returns>Offsets [..., 4].</returns>
    public Tensor Encode(Tensor boxes, Tensor defaults)
    {
        using var scope = NewDisposeScope();
        var (center, size) = BoxFormat.Halves(BoxFormat.CornersToCenter(boxes)); // [..., 2] each
        var (defaultCenter, defaultSize) = BoxFormat.Halves(defaults);
        var move = ((center - defaultCenter) / defaultSize).Times(CenterWeight);
        var stretch = log(size / defaultSize).Times(SizeWeight);
        return cat([move, stretch], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Boxes that offsets lead to: the inverse of <see cref="Encode"/>, sizes limited to 62.5 times the default box's.</summary>
    /// <param name="offsets">Offsets [..., 4].</param>
    /// <param name="defaults">Center and size [..., 4]; broadcasts against <paramref name="offsets"/>.</param>
    /// <returns>Corners [..., 4], in the unit of <paramref name="defaults"/>; not clipped to the image.</returns>
    public Tensor Decode(Tensor offsets, Tensor defaults)
    {
        using var scope = NewDisposeScope();
        var (move, stretch) = BoxFormat.Halves(offsets); // [..., 2] each
        var (defaultCenter, defaultSize) = BoxFormat.Halves(defaults);
        var center = (move.Over(CenterWeight) * defaultSize).Plus(defaultCenter);
        var size = exp(stretch.Over(SizeWeight).ClampMax(LargestLogSize)) * defaultSize;
        return BoxFormat.CenterToCorners(cat([center, size], -1)).MoveToOuterDisposeScope();
    }
}
