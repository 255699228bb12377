using SingleShot.Models;
using SingleShot.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>A pass whose backward pass has a break: the gradients of most parameters are there before the most work is done, and can be sent meanwhile.</summary>
/// <remarks>
/// The break is at the finest map. SSD300's layers before it have 7.6 million of its 35.6 million weights (COCO's 91 scores), and four fifths of its multiply-adds.
/// The gradients are those of a <see cref="WholePass"/>.
/// </remarks>
internal sealed class SplitPass : ITrainingPass
{
    private readonly Tensor _finest; // as the layers before the break give it
    private readonly Tensor _start; // as the layers behind the break take it: the gradient of it arrives here
    private readonly IReadOnlyList<Parameter> _behind;
    private readonly Action<IReadOnlyList<Parameter>> _ready;

    /// <summary>Predicts.</summary>
    /// <param name="network">The network, which trains.</param>
    /// <param name="input">[N, 3, S, S], normalized as its specification says.</param>
    /// <param name="precision">In which numbers the convolutions compute.</param>
    /// <param name="ready">Called in the backward pass with the parameters whose gradients are there, while the others' are still to be computed.</param>
    public SplitPass(SsdNetwork network, Tensor input, Precision precision, Action<IReadOnlyList<Parameter>> ready)
    {
        network.CheckInput(input);
        _ready = ready;
        var stages = network.Backbone.Stages;
        var before = stages[0].parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        _behind = [.. network.parameters().Where(parameter => !before.Contains(parameter))];
        _finest = Run(stages[0], input);
        _start = _finest.detach().requires_grad_();
        List<Tensor> maps = [_start];
        foreach (var stage in stages.Skip(1))
        {
            maps.Add(Run(stage, maps[^1]));
        }
        Predictions = network.FromStages(maps, precision, input.dtype);

        Tensor Run(nn.Module stage, Tensor x) => network.Run([.. ChannelsLast.Leaves(stage).Cast<nn.Module<Tensor, Tensor>>()], x, precision);
    }

    /// <inheritdoc/>
    public Predictions Predictions { get; }

    /// <inheritdoc/>
    public void Backward(Tensor objective)
    {
        objective.backward();
        _ready(_behind);
        if (_finest.requires_grad) // not where its parameters are kept as they are
        {
            _finest.backward([_start.grad!]);
        }
    }
}
