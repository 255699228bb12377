using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>The base network and the extra layers: from the image to the feature maps that predict (figure 2 of the paper).</summary>
/// <remarks>
/// The names of its parameters are torchvision's: <c>features</c> leads to the finest map, <c>scale_weight</c> scales that map's
/// L2 norm, and each entry of <c>extra</c> leads to the next map.
/// </remarks>
public sealed class Backbone : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly Module<Tensor, Tensor> features;
    private readonly Parameter? scale_weight;
    private readonly ModuleList<Module<Tensor, Tensor>> extra;

    internal Backbone(SsdSpecification specification) : base(nameof(Backbone))
    {
        int[] channels;
        (features, var second, channels) = specification.Base switch
        {
            BaseNetwork.Vgg16 => (Vgg16.ToConv43(), Vgg16.ToConv7(), Vgg16.Channels),
            BaseNetwork.Small => (SmallBase.ToStride8(), SmallBase.ToStride16(), SmallBase.Channels),
            _ => throw new ArgumentException($"There is no base network {specification.Base}.", nameof(specification)),
        };
        extra = ModuleList<Module<Tensor, Tensor>>([second]);
        var input = channels[^1];
        foreach (var layer in specification.ExtraLayers)
        {
            extra.append(ExtraLayer(input, layer));
            input = layer.Channels;
        }
        Channels = [.. channels, .. specification.ExtraLayers.Select(layer => layer.Channels)];
        if (specification.Base == BaseNetwork.Vgg16)
        {
            // Section 3.1 of the paper: conv4_3 has another scale of features than the maps after it; its norm starts at 20.
            scale_weight = Parameter(full(channels[0], 20f));
        }
        RegisterComponents();
    }

    /// <summary>Channels of each map.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>Computes the maps.</summary>
    /// <param name="input">[N, 3, S, S], normalised.</param>
    /// <returns>A map [N, channels, size, size] for each of the specification's, from the finest to the coarsest.</returns>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        var map = features.call(input);
        // Only the heads see the scaled map: the trunk goes on from the unscaled one.
        List<Tensor> maps = [scale_weight is null ? map : functional.normalize(map, 2, 1, 1e-12) * scale_weight.view(1, -1, 1, 1)];
        foreach (var layer in extra)
        {
            map = layer.call(map);
            maps.Add(map);
        }
        return maps;
    }

    private static Sequential ExtraLayer(int input, ExtraLayer layer) => Sequential(
        Conv2d(input, layer.Narrow, 1), ReLU(),
        Conv2d(layer.Narrow, layer.Channels, layer.Kernel, layer.Stride, layer.Padding), ReLU());
}
