using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>
/// A block of MobileNetV3 (section 5 of arXiv 1905.02244): widen, convolve each channel by itself, weigh the channels, narrow; and
/// add the input where the shape stays.
/// </summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly Sequential block;
    private readonly bool _keepsShape;

    public InvertedResidual(Shape shape) : base(nameof(InvertedResidual))
    {
        block = Sequential(shape.Layers());
        _keepsShape = shape.Stride == 1 && shape.Input == shape.Output;
        RegisterComponents();
    }

    /// <summary>[N, input, H, W] to [N, output, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input) => _keepsShape ? block.call(input).Plus(input) : block.call(input);

    /// <summary>A row of the paper's table 1.</summary>
    /// <param name="Input">Channels that go in.</param>
    /// <param name="Kernel">Side of the depthwise kernel.</param>
    /// <param name="Expanded">Channels of the depthwise convolution.</param>
    /// <param name="Output">Channels that come out.</param>
    /// <param name="Squeezes">Whether the channels are weighed.</param>
    /// <param name="Hard">Whether the activation is hard swish; else it is ReLU.</param>
    /// <param name="Stride">Stride of the depthwise convolution.</param>
    public sealed record Shape(int Input, int Kernel, int Expanded, int Output, bool Squeezes, bool Hard, int Stride)
    {
        /// <summary>The layers one after another; the widening is left out where it widens nothing.</summary>
        public Module<Tensor, Tensor>[] Layers()
        {
            List<Module<Tensor, Tensor>> layers = [];
            if (Expanded != Input)
            {
                layers.Add(NormalisedConvolution.Layer(Input, Expanded, 1, Activation()));
            }
            layers.Add(NormalisedConvolution.Depthwise(Expanded, Kernel, Activation(), Stride));
            if (Squeezes)
            {
                layers.Add(new SqueezeExcitation(Expanded, ToEights(Expanded / 4)));
            }
            layers.Add(NormalisedConvolution.Layer(Expanded, Output, 1, activation: null));
            return [.. layers];
        }

        private Module<Tensor, Tensor> Activation() => Hard ? Hardswish() : ReLU();

        // MobileNet keeps its channels multiples of 8: the nearest, but never more than a tenth below what was asked for.
        private static int ToEights(int channels)
        {
            var nearest = Math.Max(8, (channels + 4) / 8 * 8);
            return nearest < 0.9 * channels ? nearest + 8 : nearest;
        }
    }
}
