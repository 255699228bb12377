using TorchSharp;

namespace SingleShot.Models;

/// <summary>The network's predictions for every default box.</summary>
/// <param name="Offsets">[N, A, 4]: offsets from the default box, in the specification's coding.</param>
/// <param name="Scores">[N, A, K]: one score for each class before the softmax; the background first where it is a class.</param>
public readonly record struct Predictions(torch.Tensor Offsets, torch.Tensor Scores);
