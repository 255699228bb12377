using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Reads the modules of a network as plain layers.</summary>
/// <remarks>
/// Batch normalization is folded into the convolution before it, in float64. Other engines then need not know how to do it, and its variances
/// and epsilons, which float16 cannot hold, are gone before anything is rounded.
/// </remarks>
internal sealed class LayerReader(nn.Module network)
{
    private readonly Dictionary<nn.Module, string> _names =
        new(network.named_modules().Select(entry => KeyValuePair.Create(entry.module, entry.name)), ReferenceEqualityComparer.Instance);

    /// <summary>The layers of a module, in the order in which they run.</summary>
    /// <exception cref="NotSupportedException">There is a kind of module that has no plain layer.</exception>
    public IReadOnlyList<Layer> Read(nn.Module module)
    {
        List<Layer> layers = [];
        nn.Module[] leaves = [.. Leaves(module)];
        for (var i = 0; i < leaves.Length; i++)
        {
            if (leaves[i] is Conv2d convolution)
            {
                var normalization = leaves.ElementAtOrDefault(i + 1) as BatchNormalization;
                layers.Add(Convolution(convolution, normalization));
                i += normalization is null ? 0 : 1;
            }
            else
            {
                layers.Add(Other(leaves[i]));
            }
        }
        return layers;
    }

    private static IEnumerable<nn.Module> Leaves(nn.Module module) => module switch
    {
        Sequential several => several.children().SelectMany(Leaves),
        InvertedResidual { KeepsShape: false } block => Leaves(block.Block),
        _ => [module],
    };

    private Layer Other(nn.Module module) => module switch
    {
        ReLU => new ActivationLayer(ActivationFunction.Relu),
        ReLU6 => new ActivationLayer(ActivationFunction.Relu6),
        Hardswish => new ActivationLayer(ActivationFunction.HardSwish),
        MaxPool2d pool => new MaxPoolingLayer((int)pool.kernel_size[0], (int)pool.stride[0], (int)(pool.padding?[0] ?? 0), pool.ceil_mode),
        SqueezeExcitation squeeze => new SqueezeExcitationLayer(Convolution(squeeze.Narrow, null), Convolution(squeeze.Widen, null)),
        InvertedResidual block => new ResidualLayer(Read(block.Block)),
        _ => throw new NotSupportedException($"{_names[module]}, a {module.GetName()}, has no plain layer."),
    };

    private ConvolutionLayer Convolution(Conv2d convolution, BatchNormalization? normalization)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var weights = convolution.weight!.to(float64); // [output, input / groups, k, k]
        var biases = convolution.bias?.to(float64) ?? zeros(weights.shape[0], float64, weights.device);
        if (normalization is not null)
        {
            var (factors, shifts) = normalization.AtInference();
            (weights, biases) = (weights * factors.view(-1, 1, 1, 1), (biases * factors).Plus(shifts));
        }
        return new ConvolutionLayer(
            _names[convolution], Numbers(weights), Numbers(biases), (int)convolution.kernel_size[0], (int)convolution.stride[0],
            (int)(convolution.padding?[0] ?? 0), (int)convolution.dilation[0], (int)convolution.groups);
    }

    /// <summary>A tensor's numbers, row by row.</summary>
    public static float[] Numbers(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().to(float32).cpu().contiguous().data<float>().ToArray();
    }
}
