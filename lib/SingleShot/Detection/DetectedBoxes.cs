using TorchSharp;

namespace SingleShot.Detection;

/// <summary>What is left of one image's predictions, best first.</summary>
/// <param name="Boxes">Corners [k, 4], as fractions of the image's sides, within the image.</param>
/// <param name="Scores">[k], 0 to 1, falling.</param>
/// <param name="Labels">int64 [k]: classes, from 0, the background not counted.</param>
/// <param name="DefaultBoxes">int64 [k]: the default box that each came from.</param>
public sealed record DetectedBoxes(torch.Tensor Boxes, torch.Tensor Scores, torch.Tensor Labels, torch.Tensor DefaultBoxes);
