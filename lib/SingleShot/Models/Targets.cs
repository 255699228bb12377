using TorchSharp;

namespace SingleShot.Models;

/// <summary>The ground truth of a batch, padded to the largest number of objects that one of its images has.</summary>
/// <param name="Boxes">
/// [N, M, 4]: corners (left, top, right, bottom) as fractions of the image's sides; 0 where padded. In float64, times the size, they are
/// pixels that float32 holds exactly.
/// </param>
/// <param name="Labels">int64 [N, M]: class of each object, from 0, the background not counted; 0 where padded.</param>
/// <param name="Present">bool [N, M]: true for an object, false for padding. M may be 0.</param>
/// <remarks>Owns its tensors.</remarks>
public sealed record Targets(torch.Tensor Boxes, torch.Tensor Labels, torch.Tensor Present) : IDisposable
{
    /// <summary>A copy on another device; this one stays as it is.</summary>
    public Targets To(torch.Device device) => new(Boxes.to(device, copy: true), Labels.to(device, copy: true), Present.to(device, copy: true));

    /// <inheritdoc/>
    public void Dispose()
    {
        Boxes.Dispose();
        Labels.Dispose();
        Present.Dispose();
    }
}
