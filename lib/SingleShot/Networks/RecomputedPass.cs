using SingleShot.Models;
using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>A pass through a network that keeps little of the trunk for its gradients: the backward pass computes the trunk's activations again, part by part.</summary>
/// <remarks>
/// A part is a stage or, within a stage, ends at a pooling layer or an inverted residual block, which leave little to keep. What leads from
/// part to part is kept, and the activations of one part at a time: the gradients are the same, for one more forward pass through the trunk
/// (Chen et al. 2016, arXiv 1604.06174). Batch normalization counts the batch once.
/// </remarks>
internal sealed class RecomputedPass : ITrainingPass
{
    private readonly SsdNetwork _network;
    private readonly Precision _precision;
    private readonly IReadOnlyList<Part> _parts;
    private readonly Tensor[] _inputs; // of each part, without gradients
    private readonly Tensor[] _maps; // where the gradients of the heads arrive

    /// <summary>Predicts.</summary>
    /// <param name="network">The network, which trains.</param>
    /// <param name="input">[N, 3, S, S], normalized as its specification says.</param>
    /// <param name="precision">In which numbers the trunk's convolutions compute.</param>
    /// <exception cref="ArgumentException">As <see cref="Require"/> says.</exception>
    public RecomputedPass(SsdNetwork network, Tensor input, Precision precision)
    {
        network.CheckInput(input);
        Require(network);
        (_network, _precision) = (network, precision);
        _parts = [.. network.Backbone.Stages.SelectMany(Parts)];
        _inputs = new Tensor[_parts.Count];
        List<Tensor> maps = [];
        using (no_grad())
        {
            var x = input;
            foreach (var (i, part) in _parts.Index())
            {
                _inputs[i] = x;
                x = network.Run(part.Layers, x, precision);
                if (part.EndsStage)
                {
                    maps.Add(x);
                }
            }
        }
        _maps = [.. maps.Select(map => map.detach().requires_grad_())];
        Predictions = network.FromStages(_maps, precision, input.dtype);
    }

    /// <inheritdoc/>
    public Predictions Predictions { get; }

    /// <inheritdoc/>
    public void Backward(Tensor objective)
    {
        using var scope = NewDisposeScope();
        var statistics = new BufferSnapshot(_network);
        objective.backward();
        var stage = _maps.Length;
        Tensor? arrived = null; // the gradient of what the next part took
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            using var part = NewDisposeScope();
            if (_parts[i].EndsStage)
            {
                var ofHeads = _maps[--stage].grad!;
                arrived = arrived is null ? ofHeads : ofHeads.PlusInPlace(arrived);
            }
            var input = _inputs[i].detach().requires_grad_(i > 0);
            var output = _network.Run(_parts[i].Layers, input, _precision);
            if (output.requires_grad) // the first part's does not where its parameters are kept as they are
            {
                output.backward([arrived!]);
            }
            arrived = i > 0 ? input.grad!.MoveToOuterDisposeScope() : null;
        }
        statistics.PutBack();
    }

    /// <summary>Sees to it that a network's activations can be computed again.</summary>
    /// <exception cref="ArgumentException">Its batch normalization sees several processes' pictures as one batch, which it can only where there are gradients.</exception>
    public static void Require(SsdNetwork network)
    {
        if (network.NormalizesOverProcesses)
        {
            throw new ArgumentException(
                $"{network.Specification.Name} has batch normalization. Its first pass without gradients would see this process's share of the batch alone: "
                + "leave RecomputeActivations out where several processes train it.", nameof(network));
        }
    }

    private static IEnumerable<Part> Parts(nn.Module stage)
    {
        List<nn.Module<Tensor, Tensor>> layers = [];
        foreach (var layer in ChannelsLast.Leaves(stage))
        {
            layers.Add((nn.Module<Tensor, Tensor>)layer);
            if (layer is MaxPool2d or InvertedResidual)
            {
                yield return new Part(layers, EndsStage: false);
                layers = [];
            }
        }
        yield return new Part(layers, EndsStage: true);
    }

    private sealed record Part(IReadOnlyList<nn.Module<Tensor, Tensor>> Layers, bool EndsStage);
}
