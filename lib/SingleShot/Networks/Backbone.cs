using SingleShot.Models;
using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>The base network and the extra layers: from the image to the feature maps that predict (figure 2 of the paper).</summary>
/// <remarks>
/// The names of its parameters are torchvision's: <c>features</c> leads to the finest map, or with MobileNetV3 to the two finest,
/// <c>scale_weight</c> scales the finest map's L2 norm, and each entry of <c>extra</c> leads to the next map.
/// </remarks>
public sealed class Backbone : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly Module features;
    private readonly Parameter? scale_weight;
    private readonly ModuleList<Module<Tensor, Tensor>> extra;
    private readonly Module<Tensor, Tensor>[] _stages; // those within features, then extra: each leads to the next map

    internal Backbone(SsdSpecification specification) : base(nameof(Backbone))
    {
        var stages = specification.Base switch
        {
            BaseNetwork.Vgg16 => Vgg16.Stages(),
            BaseNetwork.Small => SmallBase.Stages(),
            BaseNetwork.MobileNetV3Large => MobileNetV3.Stages(),
            _ => throw new ArgumentException($"There is no base network {specification.Base}.", nameof(specification)),
        };
        Func<int, ExtraLayer, Module<Tensor, Tensor>> makeExtra = specification.Convolutions switch
        {
            ConvolutionKind.Plain => PlainLayers.Extra,
            ConvolutionKind.DepthwiseSeparable => SeparableLayers.Extra,
            _ => throw new ArgumentException($"There is no kind of convolution {specification.Convolutions}.", nameof(specification)),
        };
        features = stages.Features;
        Channels = [.. stages.Channels, .. specification.ExtraLayers.Select(layer => layer.Channels)];
        extra = ModuleList<Module<Tensor, Tensor>>(
            [.. stages.InExtra, .. specification.ExtraLayers.Select((layer, i) => makeExtra(Channels[stages.Channels.Count - 1 + i], layer))]);
        _stages = [.. stages.InFeatures, .. extra];
        if (specification.Base == BaseNetwork.Vgg16)
        {
            // Section 3.1 of the paper: conv4_3 has another scale of features than the maps after it; its norm starts at 20.
            scale_weight = Parameter(ScalarArithmetic.Full(Channels[0], 20));
        }
        RegisterComponents();
    }

    /// <summary>What leads to each map from the one before.</summary>
    internal IReadOnlyList<Module> Stages => _stages;

    /// <summary>[channels]: what the finest map's normalized channels are multiplied by, where they are.</summary>
    internal Tensor? FinestScales => scale_weight;

    /// <summary>Channels of each map.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>Computes the maps.</summary>
    /// <param name="input">[N, 3, S, S], normalized.</param>
    /// <returns>A map [N, channels, size, size] for each of the specification's, from the finest to the coarsest.</returns>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        List<Tensor> maps = [];
        var map = input;
        foreach (var stage in _stages)
        {
            map = stage.call(map);
            maps.Add(map);
        }
        return ScaleFinest(maps);
    }

    /// <summary>The maps as the heads see them: with VGG16 the finest is scaled by its L2 norm. The trunk has gone on from the unscaled one.</summary>
    internal IReadOnlyList<Tensor> ScaleFinest(IReadOnlyList<Tensor> maps) =>
        scale_weight is null ? maps : [functional.normalize(maps[0], 2, 1, 1e-12) * scale_weight.view(1, -1, 1, 1), .. maps.Skip(1)];
}

/// <summary>A base network in stages, each of which goes on from the one before and gives a map that predicts.</summary>
/// <param name="Features">The module that published weights call <c>features</c>; it holds the stages of <paramref name="InFeatures"/>.</param>
/// <param name="InFeatures">Its stages.</param>
/// <param name="InExtra">The stages after those, which published weights count among the extra layers.</param>
/// <param name="Channels">Channels of each stage's map.</param>
internal sealed record BaseStages(
    nn.Module Features,
    IReadOnlyList<nn.Module<Tensor, Tensor>> InFeatures,
    IReadOnlyList<nn.Module<Tensor, Tensor>> InExtra,
    IReadOnlyList<int> Channels);
