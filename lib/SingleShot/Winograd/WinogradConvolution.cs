using System.Runtime.Intrinsics.X86;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Winograd;

/// <summary>
/// Winograd's convolution F(4 x 4, 3 x 3) on the CPU (Lavin and Gray 2015, arXiv 1509.09308): the usual result with a quarter of the multiplications.
/// </summary>
/// <remarks>
/// Between two of these convolutions, maps lie in memory as [N, H, W, C]; libtorch calls that channels last. Gradients pass through. The rounding of float32 comes to about
/// a millionth of the norm of a result, five times that of libtorch's own convolution.
/// </remarks>
internal static class WinogradConvolution
{
    // Fewer tiles do not pay for the transformation of the weights, and fewer channels not for that of the maps.
    private const int FewestTiles = 16;
    private const int FewestChannels = 64;

    /// <summary>Whether this processor has the registers that it is written for: AVX-512, or AVX2 with FMA.</summary>
    public static bool IsSupported => Avx512F.IsSupported || (Avx2.IsSupported && Fma.IsSupported);

    /// <summary>Whether a layer convolves as this does: 3 x 3, stride 1, padding 1, with a bias, of so many channels that it is faster.</summary>
    public static bool Suits(nn.Module layer) => layer is Conv2d
    {
        kernel_size: var kernel, stride: var stride, padding: { } padding, dilation: var dilation, groups: 1, bias: not null, in_channels: >= FewestChannels,
    } && All(kernel, 3) && All(stride, 1) && All(padding, 1) && All(dilation, 1);

    /// <summary>Whether it is faster for an input than libtorch's own convolution.</summary>
    /// <param name="input">[N, C, H, W].</param>
    public static bool Pays(Tensor input) => new TileGrid((int)input.shape[0], (int)input.shape[2], (int)input.shape[3]).Count >= FewestTiles;

    /// <summary>Convolves float32 maps on the CPU.</summary>
    /// <param name="input">[N, C, H, W], best channels last.</param>
    /// <param name="weight">[K, C, 3, 3].</param>
    /// <param name="bias">[K].</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    /// <param name="passed">Of the pass that this is part of; a new one where it is the whole pass.</param>
    /// <returns>[N, K, H, W], channels last.</returns>
    public static Tensor Run(Tensor input, Tensor weight, Tensor bias, bool rectify, PassedGradient passed) =>
        Avx512F.IsSupported ? Run<SixteenLanes>(input, weight, bias, rectify, passed) : Run<EightLanes>(input, weight, bias, rectify, passed);

    /// <summary>The same with registers of one kind, which the processor has to have.</summary>
    internal static Tensor Run<T>(Tensor input, Tensor weight, Tensor bias, bool rectify, PassedGradient passed) where T : struct, ILanes<T>
    {
        using var scope = NewDisposeScope();
        var outputs = weight.shape[0];
        var (moreInputs, moreOutputs) = (Missing<T>(weight.shape[1]), Missing<T>(outputs));
        var map = input.permute(0, 2, 3, 1); // [N, H, W, C]
        if (moreInputs > 0)
        {
            map = nn.functional.pad(map, [0, moreInputs]);
        }
        if (moreInputs > 0 || moreOutputs > 0)
        {
            (weight, bias) = (nn.functional.pad(weight, [0, 0, 0, 0, 0, moreInputs, 0, moreOutputs]), nn.functional.pad(bias, [0, moreOutputs]));
        }
        var output = WinogradFunction<T>.apply(map.contiguous(), weight.contiguous(), bias.contiguous(), rectify, passed); // [N, H, W, K and more]
        return output.narrow(3, 0, outputs).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The same numbers [N, C, H, W] with the channels last in memory.</summary>
    public static Tensor ChannelsLast(Tensor maps) => maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>How many channels more would fill whole registers.</summary>
    private static long Missing<T>(long channels) where T : struct, ILanes<T> => (T.Count - (channels % T.Count)) % T.Count;

    private static bool All(IEnumerable<long> sizes, long size) => sizes.All(one => one == size);
}
