using System.Text.Json.Serialization;

namespace SingleShot.Boxes;

/// <summary>A square feature map that predicts boxes, and the default boxes of its cells (section 2.2 of the paper).</summary>
/// <param name="Size">Cells along a side.</param>
/// <param name="Step">Distance of two cells' centers, in pixels of the input; usually InputSize / Size, not always.</param>
/// <param name="Scale">s_k: side of the square default box, as a fraction of the input's side.</param>
/// <param name="NextScale">s_(k+1): the extra square box has the side sqrt(s_k s_(k+1)).</param>
/// <param name="AspectRatios">Ratios a beside 1; each gives a box (s sqrt(a), s / sqrt(a)) and its upright twin.</param>
public sealed record FeatureMap(int Size, double Step, double Scale, double NextScale, IReadOnlyList<double> AspectRatios)
{
    /// <summary>Default boxes in each cell: two squares, and two boxes for each ratio.</summary>
    [JsonIgnore]
    public int BoxesPerCell => 2 + 2 * AspectRatios.Count;

    /// <summary>Default boxes of the whole map.</summary>
    [JsonIgnore]
    public int BoxCount => Size * Size * BoxesPerCell;
}
