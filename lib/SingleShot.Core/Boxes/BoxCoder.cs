using SingleShot.Runtime;

namespace SingleShot.Boxes;

/// <summary>How offsets from default boxes are weighted (equation 2 of the paper).</summary>
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
    /// <summary>Bound on the decoded logarithm of the size, ln(1000 / 16) as in torchvision: a network's early guesses must not overflow exp().</summary>
    public static double LargestLogSize { get; } = Math.Log(1000.0 / 16);

    /// <summary>Weight of the center's offsets, above 0.</summary>
    public double CenterWeight { get; init => field = Checked.Positive(value); } = Checked.Positive(CenterWeight);

    /// <summary>Weight of the size's logarithms, above 0.</summary>
    public double SizeWeight { get; init => field = Checked.Positive(value); } = Checked.Positive(SizeWeight);

    /// <summary>Offsets as the paper's equation has them, all weights 1.</summary>
    public static BoxCoder Plain { get; } = new(1, 1);

    /// <summary>Offsets with the variances of the authors' code: weights (10, 10, 5, 5).</summary>
    public static BoxCoder WithVariances { get; } = new(10, 5);
}
