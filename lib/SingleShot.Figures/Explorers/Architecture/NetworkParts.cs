using SingleShot.Models;
using static System.FormattableString;

namespace SingleShot.Figures.Explorers.Architecture;

/// <summary>The parts of a model from the picture to its coarsest map, as its specification has them (figure 2 of the paper).</summary>
internal static class NetworkParts
{
    /// <summary>The input, the parts of the base network, then one for each extra layer.</summary>
    public static IReadOnlyList<NetworkPart> Of(SsdSpecification model)
    {
        List<NetworkPart> parts =
        [
            new("input", "the picture, normalized and resized", 3, model.InputSize),
            .. model.Base switch
            {
                BaseNetwork.Vgg16 => Vgg16(model.InputSize),
                BaseNetwork.Small => Small(model.InputSize),
                BaseNetwork.MobileNetV3Large => MobileNetV3(model.InputSize),
                _ => throw new ArgumentException($"There is no base network {model.Base}.", nameof(model)),
            },
        ];
        var map = parts.Count(part => part.Map is not null);
        foreach (var (number, layer) in model.ExtraLayers.Index())
        {
            var before = parts[^1].Size;
            var size = (before + 2 * layer.Padding - layer.Dilation * (layer.Kernel - 1) - 1) / layer.Stride + 1;
            parts.Add(new NetworkPart(ExtraName(model, number), Words(model, layer), layer.Channels, size, map++));
        }

        return parts;
    }

    private static NetworkPart[] Vgg16(int input)
    {
        int half = input / 2, quarter = half / 2, eighth = (quarter + 1) / 2, sixteenth = eighth / 2; // pool3 rounds up
        return
        [
            new("conv1_2", "conv1_1 and conv1_2, 3 x 3", 64, input),
            new("conv2_2", "pool1, then conv2_1 and conv2_2, 3 x 3", 128, half),
            new("conv3_3", "pool2, then conv3_1 to conv3_3, 3 x 3", 256, quarter),
            new("conv4_3", "pool3, which rounds up, then conv4_1 to conv4_3, 3 x 3", 512, eighth, 0),
            new("conv5_3", "pool4, then conv5_1 to conv5_3, 3 x 3", 512, sixteenth),
            new("conv7", "pool5, which keeps the size, then conv6, 3 x 3 with dilation 6, and conv7, 1 x 1", 1024, sixteenth, 1),
        ];
    }

    private static NetworkPart[] Small(int input) =>
    [
        new("base, stride 4", "three convolutions of 3 x 3, two of them with stride 2", 48, Halved(input, 2)),
        new("base, stride 8", "two convolutions of 3 x 3, the first with stride 2", 64, Halved(input, 3), 0),
        new("base, stride 16", "two convolutions of 3 x 3, the first with stride 2", 96, Halved(input, 4), 1),
    ];

    private static NetworkPart[] MobileNetV3(int input) =>
    [
        new("stride 2", "a convolution of 3 x 3 with stride 2, and a block", 16, Halved(input, 1)),
        new("stride 4", "two blocks, the first with stride 2", 24, Halved(input, 2)),
        new("stride 8", "three blocks, the first with stride 2", 40, Halved(input, 3)),
        new("block C4, widened", "six blocks, the first with stride 2, and the first layer of the next", 672, Halved(input, 4), 0),
        new("last layer", "the rest of that block with stride 2, two blocks, and a convolution of 1 x 1", 480, Halved(input, 5), 1),
    ];

    /// <summary>The side after some convolutions with stride 2, which keep the edge.</summary>
    private static int Halved(int size, int times) => times == 0 ? size : Halved((size + 1) / 2, times - 1);

    private static string ExtraName(SsdSpecification model, int number) =>
        model.Base == BaseNetwork.Vgg16 ? Invariant($"conv{number + 8}_2") : Invariant($"extra {number + 1}");

    private static string Words(SsdSpecification model, ExtraLayer layer) => Invariant($"1 x 1 to {layer.Narrow} channels, then ")
        + (model.Convolutions == ConvolutionKind.DepthwiseSeparable ? "depthwise and pointwise, " : "")
        + Invariant($"{layer.Kernel} x {layer.Kernel}")
        + (layer.Stride > 1 ? Invariant($" with stride {layer.Stride}") : "")
        + (layer.Dilation > 1 ? Invariant($" and dilation {layer.Dilation}") : "")
        + (layer.Padding == 0 ? ", without padding" : "");
}
