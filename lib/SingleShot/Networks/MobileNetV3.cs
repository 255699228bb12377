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
            NormalisedConvolution.Layer(3, Blocks[0].Input, 3, Hardswish(), stride: 2),
            .. Blocks[..C4].Select(shape => new InvertedResidual(shape)),
            cut[0],
        ]);
        var fromC4 = Sequential(
        [
            Sequential([.. cut.Index().Skip(1).Select(layer => ($"{layer.Index}", layer.Item))]),
            .. Blocks[(C4 + 1)..].Select(shape => new InvertedResidual(shape)),
            NormalisedConvolution.Layer(last, 6 * last, 1, Hardswish()),
        ]);
        return new BaseStages(Sequential(toC4, fromC4), [toC4, fromC4], [], [Blocks[C4].Expanded, 6 * last]);
    }
}
