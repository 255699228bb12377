using SingleShot.Runtime;
using SingleShot.Runtime.Convolutions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Plain convolutions one after another, on the CPU, in the layout of memory in which oneDNN computes.</summary>
/// <remarks>
/// oneDNN convolves blocks of 16 channels. libtorch's own tensors lie otherwise, so each convolution reorders what it takes and what it gives; here the first one
/// alone does, and the last.
/// </remarks>
internal static class BlockedLayout
{
    /// <summary>Whether modules can run so: plain convolutions, ReLU and maximum pooling, nothing else.</summary>
    public static bool Suits(IEnumerable<nn.Module> modules) => modules.SelectMany(Leaves).All(leaf => leaf is Conv2d { groups: 1 } or ReLU or MaxPool2d);

    /// <summary>Whether an input can go through: float32, on a processor that convolves rightly so.</summary>
    public static bool Suits(Tensor input) => input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && TorchRuntime.ConvolvesInBlocks;

    /// <summary>Runs modules one after another; their hooks are not called.</summary>
    /// <param name="stages">Modules that suit.</param>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>What each gives, in libtorch's own layout.</returns>
    public static IReadOnlyList<Tensor> Run(IReadOnlyList<nn.Module> stages, Tensor input)
    {
        List<Tensor> maps = [];
        var x = OneDnnLayout.Blocked(input);
        foreach (var stage in stages)
        {
            foreach (var leaf in Leaves(stage))
            {
                x = Run(leaf, x);
            }
            maps.Add(OneDnnLayout.Dense(x));
        }
        return maps;
    }

    /// <summary>Runs layers one after another; their hooks are not called.</summary>
    /// <param name="layers">Layers that suit, none of which holds others.</param>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>What the last gives, in libtorch's own layout.</returns>
    public static Tensor RunLayers(IEnumerable<nn.Module> layers, Tensor input) =>
        OneDnnLayout.Dense(layers.Aggregate(OneDnnLayout.Blocked(input), (x, layer) => Run(layer, x)));

    /// <summary>The layers of a module that hold no others, in their order.</summary>
    public static IEnumerable<nn.Module> Leaves(nn.Module module) => module is Sequential several ? several.children().SelectMany(Leaves) : [module];

    private static Tensor Run(nn.Module leaf, Tensor x) => leaf switch
    {
        Conv2d convolution => nn.functional.conv2d(
            x, convolution.weight!, convolution.bias, convolution.stride.ToArray(), convolution.padding?.ToArray(), convolution.dilation.ToArray(), convolution.groups),
        MaxPool2d pool => nn.functional.max_pool2d(x, pool.kernel_size.ToArray(), pool.stride.ToArray(), pool.padding?.ToArray(), ceil_mode: pool.ceil_mode),
        _ => x.relu_(),
    };
}
