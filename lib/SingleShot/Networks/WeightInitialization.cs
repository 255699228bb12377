using SingleShot.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Fresh weights from a seed.</summary>
internal static class WeightInitialization
{
    private const double LiteDeviation = 0.03;

    /// <summary>
    /// Sets every convolution: by He's rule in the base network, which learns from nothing here, by Xavier's uniform rule after it,
    /// as the authors' code has it; an SSDLite by a narrow normal distribution, as torchvision has it; biases to 0.
    /// </summary>
    public static void Apply(nn.Module network, ConvolutionKind convolutions, int seed)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var generator = new Generator((ulong)seed);
        foreach (var (name, module) in network.named_modules())
        {
            if (module is not Conv2d convolution)
            {
                continue;
            }
            if (convolutions == ConvolutionKind.DepthwiseSeparable)
            {
                convolution.weight!.normal_(0, LiteDeviation, generator);
            }
            else
            {
                var bound = UniformBound(name, convolution.weight!.shape);
                convolution.weight.uniform_(-bound, bound, generator);
            }
            convolution.bias?.zero_();
        }
    }

    /// <param name="name">Name of the module.</param>
    /// <param name="shape">Of its weight: output, input, k, k.</param>
    private static double UniformBound(string name, long[] shape)
    {
        var window = shape[2] * shape[3];
        var isBase = name.StartsWith("backbone.features", StringComparison.Ordinal) || name.StartsWith("backbone.extra.0.", StringComparison.Ordinal);
        return isBase ? Math.Sqrt(6.0 / (shape[1] * window)) : Math.Sqrt(6.0 / ((shape[0] + shape[1]) * window));
    }
}
