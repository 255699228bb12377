using SingleShot.Models;

namespace SingleShot.Networks;

/// <summary>A trained SSD as it detects, layer by layer: what another engine has to compute.</summary>
/// <param name="Specification">The model.</param>
/// <param name="Stages">The trunk: each stage goes on from the one before, and what it gives is a feature map that predicts.</param>
/// <param name="FinestScales">
/// For each channel of the first map, what its L2-normalized numbers are multiplied by before the heads see them, while the trunk goes
/// on from the unscaled map (section 3.1 of the paper); null where the heads see the map itself.
/// </param>
/// <param name="OffsetHeads">For each map the layers that give its offsets, [N, 4 boxes, H, W].</param>
/// <param name="ScoreHeads">For each map the layers that give its scores, [N, K boxes, H, W].</param>
public sealed record NetworkLayers(
    SsdSpecification Specification,
    IReadOnlyList<IReadOnlyList<Layer>> Stages,
    IReadOnlyList<float>? FinestScales,
    IReadOnlyList<IReadOnlyList<Layer>> OffsetHeads,
    IReadOnlyList<IReadOnlyList<Layer>> ScoreHeads);
