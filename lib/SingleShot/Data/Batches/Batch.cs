using SingleShot.Models;
using TorchSharp;

namespace SingleShot.Data.Batches;

/// <summary>Images of one size and their ground truth, as a training step takes them.</summary>
/// <param name="Images">float32 [N, 3, S, S]: RGB, normalized as the network's specification says.</param>
/// <param name="Targets">The objects in each image.</param>
/// <remarks>Owns its tensors: dispose it after the step.</remarks>
public sealed record Batch(torch.Tensor Images, Targets Targets) : IDisposable
{
    /// <summary>Number of images, N.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>A copy on another device; this one stays as it is.</summary>
    public Batch To(torch.Device device) => new(Images.to(device, copy: true), Targets.To(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Targets.Dispose();
    }
}
