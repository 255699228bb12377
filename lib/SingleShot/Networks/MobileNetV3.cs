using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>MobileNetV3-Large as SSDLite uses it (section 6.3 of arXiv 1905.02244): cut in two inside the block C4.</summary>
/// <remarks>
/// The first map is what C4 widens its input to, at stride 16, before its strided convolution; the second is the last layer's,
/// at stride 32. The tail, from C4's output on, has half of the channels that the classifier has (the paper's table 6). The order
/// and the names of the layers are torchvision's, which count C4's own layers from 1 after the cut.
/// </remarks>
internal static class MobileNetV3
{
    private const int C4 = 12;

    private static readonly InvertedResidual.Shape[] Blocks =
    [
        new(16, 3, 16, 16, Squeezes: false, Hard: false, Stride: 1),
        new(16, 3, 64, 24, Squeezes: false, Hard: false, Stride: 2),
        new(24, 3, 72, 24, Squeezes: false, Hard: false, Stride: 1),
        new(24, 5, 72, 40, Squeezes: true, Hard: false, Stride: 2),
        new(40, 5, 120, 40, Squeezes: true, Hard: false, Stride: 1),
        new(40, 5, 120, 40, Squeezes: true, Hard: false, Stride: 1),
        new(40, 3, 240, 80, Squeezes: false, Hard: true, Stride: 2),
        new(80, 3, 200, 80, Squeezes: false, Hard: true, Stride: 1),
        new(80, 3, 184, 80, Squeezes: false, Hard: true, Stride: 1),
        new(80, 3, 184, 80, Squeezes: false, Hard: true, Stride: 1),
        new(80, 3, 480, 112, Squeezes: true, Hard: true, Stride: 1),
        new(112, 3, 672, 112, Squeezes: true, Hard: true, Stride: 1),
        new(112, 5, 672, 80, Squeezes: true, Hard: true, Stride: 2),
        new(80, 5, 480, 80, Squeezes: true, Hard: true, Stride: 1),
        new(80, 5, 480, 80, Squeezes: true, Hard: true, Stride: 1),
    ];

    /// <summary>[N, 3, 320, 320] to [N, 672, 20, 20], and from there to [N, 480, 10, 10].</summary>
    public static BaseStages Stages()
    {
        var cut = Blocks[C4].Layers();
        var last = Blocks[^1].Output;
        var toC4 = Sequential(
        [
            NormalizedConvolution.Layer(3, Blocks[0].Input, 3, Hardswish(), stride: 2),
            .. Blocks[..C4].Select(shape => new InvertedResidual(shape)),
            cut[0],
        ]);
        var fromC4 = Sequential(
        [
            Sequential([.. cut.Index().Skip(1).Select(layer => ($"{layer.Index}", layer.Item))]),
            .. Blocks[(C4 + 1)..].Select(shape => new InvertedResidual(shape)),
            NormalizedConvolution.Layer(last, 6 * last, 1, Hardswish()),
        ]);
        return new BaseStages(Sequential(toC4, fromC4), [toC4, fromC4], [], [Blocks[C4].Expanded, 6 * last]);
    }
}

/// <summary>
/// A block of MobileNetV3 (section 5 of arXiv 1905.02244): widen, convolve each channel by itself, weigh the channels, narrow; and
/// add the input where the shape stays.
/// </summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>
{
    private readonly Sequential block;

    public InvertedResidual(Shape shape) : base(nameof(InvertedResidual))
    {
        block = Sequential(shape.Layers());
        KeepsShape = shape.Stride == 1 && shape.Input == shape.Output;
        RegisterComponents();
    }

    /// <summary>The layers.</summary>
    public Sequential Block => block;

    /// <summary>Whether the input is added to what the layers give.</summary>
    public bool KeepsShape { get; }

    /// <summary>[N, input, H, W] to [N, output, H / stride, W / stride].</summary>
    public override Tensor forward(Tensor input) => KeepsShape ? block.call(input).Plus(input) : block.call(input);

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
                layers.Add(NormalizedConvolution.Layer(Input, Expanded, 1, Activation()));
            }
            layers.Add(NormalizedConvolution.Depthwise(Expanded, Kernel, Activation(), Stride));
            if (Squeezes)
            {
                layers.Add(new SqueezeExcitation(Expanded, ToEights(Expanded / 4)));
            }
            layers.Add(NormalizedConvolution.Layer(Expanded, Output, 1, activation: null));
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

/// <summary>
/// Weighs each channel by what the whole map shows (arXiv 1709.01507), with MobileNetV3's hard sigmoid.
/// </summary>
internal sealed class SqueezeExcitation : Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Conv2d fc1;
    private readonly TorchSharp.Modules.Conv2d fc2;

    /// <param name="channels">Channels of the map.</param>
    /// <param name="squeezed">Channels in between, fewer.</param>
    public SqueezeExcitation(int channels, int squeezed) : base(nameof(SqueezeExcitation))
    {
        fc1 = Conv2d(channels, squeezed, 1);
        fc2 = Conv2d(squeezed, channels, 1);
        RegisterComponents();
    }

    /// <summary>The convolution to fewer channels.</summary>
    public TorchSharp.Modules.Conv2d Narrow => fc1;

    /// <summary>The convolution back to all of them.</summary>
    public TorchSharp.Modules.Conv2d Widen => fc2;

    /// <summary>[N, C, H, W] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        var mean = functional.adaptive_avg_pool2d(input, 1);              // [N, C, 1, 1]
        var squeezed = functional.relu(fc1.call(mean));                   // [N, squeezed, 1, 1]
        return functional.hardsigmoid(fc2.call(squeezed)) * input;        // [N, C, H, W]
    }
}
