using static TorchSharp.torch;

namespace SingleShot.Boxes;

/// <summary>Default boxes as a tensor.</summary>
public static class DefaultBoxConversion
{
    /// <summary>All default boxes of a model, rounded to float32 whatever the tensor's type: networks are trained on those numbers, torchvision's too.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="dtype">float32 or float64.</param>
    /// <param name="device">Where to; the CPU when left out.</param>
    /// <returns>Center and size [A, 4], as fractions of the input's sides.</returns>
    public static Tensor ToTensor(this DefaultBoxes boxes, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return tensor(boxes.CentersAndSizes.ToArray(), [boxes.Count, 4], dtype, device);
    }
}
