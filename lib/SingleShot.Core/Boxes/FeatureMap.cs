using System.Text.Json.Serialization;
using SingleShot.Runtime;

namespace SingleShot.Boxes;

/// <summary>A square feature map that predicts boxes, and the default boxes of its cells (section 2.2 of the paper).</summary>
/// <param name="Size">Cells along a side.</param>
/// <param name="Step">Distance of two cells' centers, in pixels of the input; usually InputSize / Size, not always.</param>
/// <param name="Scale">s_k: side of the square default box, as a fraction of the input's side.</param>
/// <param name="NextScale">s_(k+1): the extra square box has the side sqrt(s_k s_(k+1)).</param>
/// <param name="AspectRatios">Ratios a beside 1; each gives a box (s sqrt(a), s / sqrt(a)) and its upright twin.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is not above 0, or not finite; the message says which.</exception>
public sealed record FeatureMap(int Size, double Step, double Scale, double NextScale, IReadOnlyList<double> AspectRatios)
{
    /// <summary>Cells along a side, at least 1.</summary>
    public int Size { get; init => field = Checked.AtLeast(value, 1); } = Checked.AtLeast(Size, 1);

    /// <summary>Pixels of the input from one cell's center to the next, above 0.</summary>
    public double Step { get; init => field = Checked.Positive(value); } = Checked.Positive(Step);

    /// <summary>Side of the square default box, above 0.</summary>
    public double Scale { get; init => field = Checked.Positive(value); } = Checked.Positive(Scale);

    /// <summary>The scale that the extra square box is halfway to, above 0.</summary>
    public double NextScale { get; init => field = Checked.Positive(value); } = Checked.Positive(NextScale);

    /// <summary>Aspect ratios beside 1, each above 0; may be empty.</summary>
    public IReadOnlyList<double> AspectRatios { get; init => field = Checked.Each(value, Ratio); } = Checked.Each(AspectRatios, Ratio);

    /// <summary>Default boxes in each cell: two squares, and two boxes for each ratio.</summary>
    [JsonIgnore]
    public int BoxesPerCell => 2 + 2 * AspectRatios.Count;

    /// <summary>Default boxes of the whole map.</summary>
    [JsonIgnore]
    public int BoxCount => Size * Size * BoxesPerCell;

    private static double Ratio(double value, string name) => Checked.Positive(value, name);
}
