using System.Diagnostics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>What each convolution and pooling of a network gives, weighs and costs, measured while it runs.</summary>
public static class LayerSurvey
{
    /// <summary>Runs the network once, without gradients, and looks at each layer.</summary>
    /// <remarks>
    /// A first run in a process takes longer than the next; call it twice and keep the second. On a GPU, which works on after a call
    /// has returned, the times are those of the calls and say little.
    /// </remarks>
    /// <param name="network">The network; it is left in the mode, training or not, that it is in.</param>
    /// <param name="input">[N, 3, S, S], normalized.</param>
    /// <returns>The layers in the order in which they ran.</returns>
    public static IReadOnlyList<LayerMeasurement> Of(SsdNetwork network, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var layers = new List<LayerMeasurement>();
        var clock = new Stopwatch();
        using var hooks = new ForwardHooks();
        foreach (var (name, module) in network.named_modules())
        {
            if (module is Conv2d or MaxPool2d)
            {
                hooks.Watch(
                    (nn.Module<Tensor, Tensor>)module, _ => clock.Restart(),
                    output => layers.Add(Measure(name, module, output.shape, clock.Elapsed.TotalSeconds)));
            }
        }
        network.call(input);
        return layers;
    }

    private static LayerMeasurement Measure(string name, nn.Module module, long[] output, double seconds)
    {
        if (module is MaxPool2d pool)
        {
            return new LayerMeasurement(name, output, pool.kernel_size[0], pool.stride[0], pool.dilation?[0] ?? 1, 0, 0, seconds);
        }
        var convolution = (Conv2d)module;
        var parameters = convolution.parameters().Sum(parameter => parameter.numel());
        var products = convolution.weight.numel() * output[0] * output[2] * output[3]; // [out, in / groups, k, k] at each place
        return new LayerMeasurement(
            name, output, convolution.kernel_size[0], convolution.stride[0], convolution.dilation[0], parameters, products, seconds);
    }
}

/// <summary>A convolution or pooling as it was run once.</summary>
/// <param name="Name">Its name in the network, such as <c>backbone.features.0</c>.</param>
/// <param name="Output">Shape of what came out, [N, channels, H, W].</param>
/// <param name="Kernel">Side of its kernel.</param>
/// <param name="Stride">Its stride.</param>
/// <param name="Dilation">Cells from one of the kernel's weights to the next.</param>
/// <param name="Parameters">Number of its weights and biases; 0 for pooling.</param>
/// <param name="MultiplyAdds">Products that it summed: those of each output with its kernel; 0 for pooling.</param>
/// <param name="Seconds">Time that it took.</param>
public sealed record LayerMeasurement(
    string Name, IReadOnlyList<long> Output, long Kernel, long Stride, long Dilation, long Parameters, long MultiplyAdds, double Seconds);
