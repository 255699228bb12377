using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>Default boxes as tensors where the predictions are, copied there once and not at every step.</summary>
/// <param name="boxes">The boxes.</param>
internal sealed class DefaultBoxTensors(DefaultBoxes boxes)
{
    private readonly ConcurrentDictionary<(ScalarType, DeviceType, int), Tensor> _placed = [];

    /// <summary>Center and size [A, 4], of the type and on the device of other numbers; freed with this object, not by the caller.</summary>
    /// <param name="other">The numbers to put them beside.</param>
    public Tensor Like(Tensor other)
    {
        var device = other.device;
        return _placed.GetOrAdd((other.dtype, device.type, device.index), _ =>
        {
            // A tensor made in inference mode could not be used in training later on.
            using var ordinary = inference_mode(false);
            return boxes.ToTensor(other.dtype, device).DetachFromDisposeScope();
        });
    }
}
