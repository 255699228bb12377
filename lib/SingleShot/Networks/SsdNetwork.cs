using SingleShot.Boxes;
using SingleShot.Models;
using SingleShot.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SingleShot.Networks;

/// <summary>SSD: one pass from images to offsets and scores of every default box (section 2.1 of the paper).</summary>
/// <remarks>
/// The names of the parameters are torchvision's: with VGG16 those of its <c>ssd300_vgg16</c>, with MobileNetV3 those of its
/// <c>ssdlite320_mobilenet_v3_large</c>.
/// </remarks>
public sealed class SsdNetwork : Module<Tensor, Predictions>
{
    private readonly Backbone backbone;
    private readonly PredictionHeads head;
    private readonly bool _trunkSuits; // ChannelsLast
    private readonly bool _headsSuit;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="specification">The model.</param>
    /// <param name="seed">Seed of the weights: the same seed gives the same network.</param>
    /// <exception cref="ArgumentException">
    /// The specification has no classes, names more or fewer feature maps than its layers give, or a base network or a kind of convolution that there is not.
    /// </exception>
    public SsdNetwork(SsdSpecification specification, int seed) : base(nameof(SsdNetwork))
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.ClassNames.Count == 0)
        {
            throw new ArgumentException($"{specification.Name} has no classes: there is nothing to find. Name at least one.", nameof(specification));
        }
        Specification = specification;
        DefaultBoxes = specification.DefaultBoxes();
        backbone = new Backbone(specification);
        if (backbone.Channels.Count != specification.Maps.Count)
        {
            throw new ArgumentException(
                $"{specification.Name} names {specification.Maps.Count} feature maps, but its layers give {backbone.Channels.Count}.", nameof(specification));
        }
        head = new PredictionHeads(backbone.Channels, [.. specification.Maps.Select(map => map.BoxesPerCell)], specification.ScoreCount, specification.Convolutions);
        RegisterComponents();
        foreach (var (name, module) in named_modules())
        {
            if (module is BatchNormalization normalization)
            {
                normalization.Place = name;
            }
        }
        WeightInitialization.Apply(this, specification.Convolutions, seed);
        _trunkSuits = ChannelsLast.Suits(backbone.Stages);
        _headsSuit = ChannelsLast.Suits([.. head.Offsets, .. head.Scores]);
    }

    /// <summary>The model that this network was built from.</summary>
    public SsdSpecification Specification { get; }

    /// <summary>The default boxes, in the order of the predictions.</summary>
    public DefaultBoxes DefaultBoxes { get; }

    /// <summary>The base network and the extra layers by themselves, which give the feature maps.</summary>
    public Backbone Backbone => backbone;

    /// <summary>Element type of its weights, and so of its inputs and outputs: float32 unless it was converted.</summary>
    public ScalarType ElementType => parameters().First().dtype;

    /// <summary>Predicts offsets and scores for every default box.</summary>
    /// <param name="input">[N, 3, S, S] with S the input size of the specification, normalized as it says.</param>
    /// <returns>Offsets [N, A, 4] and scores [N, A, K].</returns>
    /// <exception cref="ArgumentException">
    /// The input has another shape, or the maps have other sizes than the specification says; or, in training, a map of 1 x 1 is to be
    /// normalized over a batch of one picture.
    /// </exception>
    public override Predictions forward(Tensor input)
    {
        CheckInput(input);
        using var scope = NewDisposeScope();
        return FromMaps(backbone.call(input), channelsLast: false);
    }

    /// <summary>Predicts as a call does, with gradients where they are on. Where the processor and the layers allow it, a layout of memory is used that is faster.</summary>
    /// <remarks>The detector and the trainer predict so. Hooks of layers are not called in the faster layout; call the network where they have to be.</remarks>
    /// <param name="input">[N, 3, S, S] with S the input size of the specification, normalized as it says.</param>
    /// <returns>Offsets [N, A, 4] and scores [N, A, K].</returns>
    /// <exception cref="ArgumentException">As for a call.</exception>
    public Predictions Predict(Tensor input)
    {
        CheckInput(input);
        if (!_headsSuit || !ChannelsLast.Suits(input))
        {
            return call(input);
        }
        using var scope = NewDisposeScope();
        return FromMaps(_trunkSuits ? backbone.ScaleFinest(ChannelsLast.Run(backbone.Stages, input)) : backbone.call(input), channelsLast: true);
    }

    /// <summary>Predicts as <see cref="Predict(Tensor)"/> does, in the numbers that are asked for.</summary>
    /// <param name="input">[N, 3, S, S] with S the input size of the specification, normalized as it says.</param>
    /// <param name="precision">In which numbers the convolutions compute.</param>
    /// <returns>Offsets [N, A, 4] and scores [N, A, K], of the input's own type.</returns>
    /// <exception cref="ArgumentException">As for a call.</exception>
    /// <exception cref="NotSupportedException">The precision cannot be had here.</exception>
    public Predictions Predict(Tensor input, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var lower = PrecisionScope.Begin(precision, input.device);
        var (offsets, scores) = lower is null ? Predict(input) : call(input);
        return new Predictions(offsets.to(input.dtype).MoveToOuterDisposeScope(), scores.to(input.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>Runs some of the trunk's layers one after another, in the faster layout where it suits.</summary>
    internal Tensor Run(IReadOnlyList<Module<Tensor, Tensor>> layers, Tensor input, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var lower = PrecisionScope.Begin(precision, input.device);
        var output = lower is null && _trunkSuits && ChannelsLast.Suits(input) ? ChannelsLast.RunLayers(layers, input) : layers.Aggregate(input, (x, layer) => layer.call(x));
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Predicts from what the trunk's stages gave. The tensors belong to the caller's dispose scope.</summary>
    /// <param name="maps">What each stage gave.</param>
    /// <param name="precision">In which numbers the heads' convolutions compute.</param>
    /// <param name="type">The type of the predictions.</param>
    internal Predictions FromStages(IReadOnlyList<Tensor> maps, Precision precision, ScalarType type)
    {
        using var lower = PrecisionScope.Begin(precision, maps[0].device);
        var (offsets, scores) = FromMaps(backbone.ScaleFinest(maps), lower is null && _headsSuit && ChannelsLast.Suits(maps[0]));
        return new Predictions(offsets.to(type), scores.to(type));
    }

    /// <summary>
    /// Lets batch normalization see the batches of several processes as one, in training steps. A network without it stays as it is. One with it cannot
    /// compute its activations again in the backward pass (<c>TrainingSettings.RecomputeActivations</c>).
    /// </summary>
    /// <param name="sum">Adds up over the processes, each of which trains a copy of this network with as many pictures.</param>
    public void NormalizeOver(ITensorSum sum)
    {
        SharedStatistics = new StatisticsSum(sum);
        var normalizations = modules().OfType<BatchNormalization>().ToList();
        normalizations.ForEach(normalization => normalization.SharedStatistics = SharedStatistics);
        NormalizesOverProcesses = sum.Processes > 1 && normalizations.Count > 0;
    }

    /// <summary>What <see cref="NormalizeOver"/> was given; null before.</summary>
    internal StatisticsSum? SharedStatistics { get; private set; }

    /// <summary>Whether layers of it wait for other processes, forward and backward.</summary>
    internal bool NormalizesOverProcesses { get; private set; }

    /// <summary>Puts other weights and statistics in place of its own.</summary>
    /// <param name="tensors">A tensor for each name of its state, of the same shape; they stay the caller's.</param>
    internal void TakeOver(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var gradients = no_grad();
        foreach (var (name, value) in state_dict())
        {
            value.copy_(tensors[name]);
        }
    }

    internal void CheckInput(Tensor input)
    {
        var size = Specification.InputSize;
        if (input.shape is not [_, 3, var height, var width] || height != size || width != size)
        {
            throw new ArgumentException($"{Specification.Name} takes images [N, 3, {size}, {size}], not [{string.Join(", ", input.shape)}].", nameof(input));
        }
    }

    private Predictions FromMaps(IReadOnlyList<Tensor> maps, bool channelsLast)
    {
        CheckSizes(maps);
        var (offsets, scores) = channelsLast ? head.RunChannelsLast(maps) : head.call(maps);
        return new Predictions(offsets.MoveToOuterDisposeScope(), scores.MoveToOuterDisposeScope());
    }

    /// <summary>The network as it detects, as plain layers with the weights of this moment, for another engine.</summary>
    /// <exception cref="InvalidOperationException">A parameter or a buffer is NaN or infinite; the message says which.</exception>
    public NetworkLayers Layers()
    {
        if (Finiteness.NotFinite(state_dict().Select(entry => (entry.Key, entry.Value))) is [var bad, ..])
        {
            throw new InvalidOperationException(
                $"{Specification.Name} would find nothing elsewhere: tensor {bad.Name} is NaN or infinite in {Finiteness.CountNotFinite(bad.Value)} "
                + $"of {bad.Value.NumberOfElements} numbers. Take an earlier checkpoint.");
        }
        var reader = new LayerReader(this);
        return new NetworkLayers(
            Specification,
            [.. backbone.Stages.Select(reader.Read)],
            backbone.FinestScales is { } scales ? LayerReader.Numbers(scales) : null,
            [.. head.Offsets.Select(reader.Read)],
            [.. head.Scores.Select(reader.Read)]);
    }

    private void CheckSizes(IReadOnlyList<Tensor> maps)
    {
        if (!maps.Select(map => (int)map.shape[^1]).SequenceEqual(Specification.Maps.Select(map => map.Size)))
        {
            throw new ArgumentException(
                $"{Specification.Name} says that its feature maps are {string.Join(", ", Specification.Maps.Select(map => map.Size))} cells wide, "
                + $"but its layers make them {string.Join(", ", maps.Select(map => map.shape[^1]))}.");
        }
    }
}
