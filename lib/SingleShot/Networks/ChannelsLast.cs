using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>A layout of memory in which the channels of a cell lie side by side.</summary>
/// <remarks>
/// libtorch's layers on the CPU keep the layout of what they are given. In this one oneDNN convolves without reordering maps first, and
/// normalization by batch goes over all channels of a cell at once.
/// </remarks>
internal static class ChannelsLast
{
    /// <summary>Whether modules are to run so: those without depthwise convolutions.</summary>
    /// <remarks>A MobileNet's gradients are hard to compute in float32 as it is (to about 1e-3 of float64's), and this layout's sums make their error two to three times as large.</remarks>
    public static bool Suits(IEnumerable<nn.Module> modules) => modules.OfType<Conv2d>().All(convolution => convolution.groups == 1);

    /// <summary>The same numbers, laid out so.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, H, W], with strides of 1 between channels.</returns>
    public static Tensor Of(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
