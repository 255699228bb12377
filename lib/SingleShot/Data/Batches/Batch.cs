using TorchSharp;

namespace SingleShot.Data.Batches;

/// <summary>Images of one size and their ground truth, padded to the largest number of objects, as a training step takes them.</summary>
/// <param name="Images">float32 [N, 3, S, S]: RGB, normalised as the network's specification says.</param>
/// <param name="Truths">
/// float64 [N, M, 4]: corners (left, top, right, bottom) as fractions of the image's sides; 0 where padded. Times the size they are
/// pixels that float32 holds exactly.
/// </param>
/// <param name="Labels">int64 [N, M]: class of each object, from 0; 0 where padded.</param>
/// <param name="Present">bool [N, M]: true for an object, false for padding. M may be 0.</param>
/// <remarks>Owns its tensors: dispose it after the step.</remarks>
public sealed record Batch(torch.Tensor Images, torch.Tensor Truths, torch.Tensor Labels, torch.Tensor Present) : IDisposable
{
    /// <summary>Number of images, N.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>A copy on another device; this one stays as it is.</summary>
    public Batch To(torch.Device device) =>
        new(Images.to(device, copy: true), Truths.to(device, copy: true), Labels.to(device, copy: true), Present.to(device, copy: true));

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Truths.Dispose();
        Labels.Dispose();
        Present.Dispose();
    }
}
