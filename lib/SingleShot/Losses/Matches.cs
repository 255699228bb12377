using TorchSharp;

namespace SingleShot.Losses;

/// <summary>Which default boxes of which images answer for which ground truths.</summary>
/// <param name="Images">int64 [P]: the image of each match.</param>
/// <param name="Truths">int64 [P]: the ground truth of each match, counted in its image.</param>
/// <param name="DefaultBoxes">int64 [P]: the default box of each match.</param>
/// <param name="Positive">bool [N, A]: true for a default box with at least one match.</param>
public sealed record Matches(torch.Tensor Images, torch.Tensor Truths, torch.Tensor DefaultBoxes, torch.Tensor Positive)
{
    /// <summary>Number of matches, P.</summary>
    public long Count => Images.shape[0];
}
