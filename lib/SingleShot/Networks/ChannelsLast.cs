using SingleShot.Runtime;
using SingleShot.Winograd;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Convolutions one after another, on the CPU, by <see cref="WinogradConvolution"/> wherever it is faster.</summary>
/// <remarks>
/// The maps between them lie in memory as [N, H, W, C], and a ReLU is done by the convolution before it. Batch normalization is left out: in this layout libtorch's
/// own is ten times less exact, for it adds up one number after another.
/// </remarks>
internal static class ChannelsLast
{
    /// <summary>Whether modules can run so: whole convolutions, ReLU and maximum pooling, nothing else.</summary>
    public static bool Suits(IEnumerable<nn.Module> modules) =>
        modules.SelectMany(Leaves).All(leaf => leaf is Conv2d { groups: 1 } or ReLU or MaxPool2d);

    /// <summary>Whether an input can go through: float32, on a processor that convolves rightly so.</summary>
    public static bool Suits(Tensor input) => input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && TorchRuntime.ConvolvesChannelsLast;

    /// <summary>Runs modules one after another; their hooks are not called.</summary>
    /// <param name="stages">Modules that suit.</param>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>What each gives.</returns>
    public static IReadOnlyList<Tensor> Run(IReadOnlyList<nn.Module> stages, Tensor input)
    {
        List<Tensor> maps = [];
        foreach (var stage in stages)
        {
            maps.Add(RunLayers([.. Leaves(stage)], maps.LastOrDefault(input)));
        }
        return maps;
    }

    /// <summary>Runs layers one after another; their hooks are not called.</summary>
    /// <param name="layers">Layers that suit, none of which holds others.</param>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>What the last gives.</returns>
    public static Tensor RunLayers(IReadOnlyList<nn.Module> layers, Tensor input)
    {
        var x = input;
        var passed = new PassedGradient();
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i] is Conv2d convolution && WinogradConvolution.Suits(convolution) && WinogradConvolution.Pays(x))
            {
                var rectify = i + 1 < layers.Count && layers[i + 1] is ReLU;
                x = WinogradConvolution.Run(x, convolution.weight!, convolution.bias!, rectify, passed);
                i += rectify ? 1 : 0;
                continue;
            }
            x = Run(layers[i], x);
        }
        return x;
    }

    /// <summary>The layers of a module that hold no others, in their order.</summary>
    public static IEnumerable<nn.Module> Leaves(nn.Module module) => module is Sequential several ? several.children().SelectMany(Leaves) : [module];

    /// <summary>Convolves 3 x 3 with a padding of 1.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">[K, C, 3, 3].</param>
    /// <param name="bias">[K].</param>
    /// <returns>[N, K, H, W], channels last.</returns>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor bias) => WinogradConvolution.Pays(x)
        ? WinogradConvolution.Run(x, weight, bias, rectify: false, new PassedGradient())
        : nn.functional.conv2d(WinogradConvolution.ChannelsLast(x), weight, bias, padding: [1, 1]);

    private static Tensor Run(nn.Module leaf, Tensor x) => leaf switch
    {
        Conv2d convolution => nn.functional.conv2d(
            StaysChannelsLast(convolution) ? WinogradConvolution.ChannelsLast(x) : x.contiguous(),
            convolution.weight!, convolution.bias, convolution.stride.ToArray(), convolution.padding?.ToArray(), convolution.dilation.ToArray(), convolution.groups),
        MaxPool2d pool => nn.functional.max_pool2d(x, pool.kernel_size.ToArray(), pool.stride.ToArray(), pool.padding?.ToArray(), ceil_mode: pool.ceil_mode),
        _ => x.relu_(),
    };

    // A convolution of 1 x 1 in this layout divides by a cache's size, and ends the process where the processor hides it.
    private static bool StaysChannelsLast(Conv2d convolution) => convolution.kernel_size.ToArray() is [3, 3] && convolution.dilation.ToArray() is [1, 1];
}
