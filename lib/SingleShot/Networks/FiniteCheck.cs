using SingleShot.Models;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Finds where NaN or infinity begins in a network.</summary>
public static class FiniteCheck
{
    /// <summary>Looks at the parameters and buffers, then at the input, then runs the network once and looks at what each layer gives.</summary>
    /// <remarks>
    /// The network is left as it was: in its mode, training or not, with its gradients, running statistics and counters. In training the
    /// batch's own statistics are used, as in a step. Call it between two steps, not between a loss and its gradients.
    /// </remarks>
    /// <param name="network">The network, or a part of one. What is no tensor, list of tensors or <see cref="Predictions"/> is not looked at.</param>
    /// <param name="input">What it takes, [N, ...]; for an SSD [N, 3, S, S], on the network's device.</param>
    /// <returns>The first place that is not finite; the layers in the order in which they finish.</returns>
    /// <exception cref="ArgumentException">The network refuses the input, for its shape for instance.</exception>
    public static FiniteReport Of<TOutput>(nn.Module<Tensor, TOutput> network, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        return Arrived(NotFinitePlace.Parameter, network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)))
            ?? Arrived(NotFinitePlace.Buffer, network.named_buffers())
            ?? Given(input)
            ?? FirstLayer(network, input)
            ?? FiniteReport.AllFinite;
    }

    private static FiniteReport? Arrived(NotFinitePlace place, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        var found = Finiteness.NotFinite(tensors);
        return found.Count == 0 ? null
            : new FiniteReport(place, found[0].Name, Finiteness.CountNotFinite(found[0].Value), found[0].Value.NumberOfElements) { Others = found.Count - 1 };
    }

    private static FiniteReport? Given(Tensor input) => input.IsFinite() ? null
        : new FiniteReport(NotFinitePlace.Input, "input", Finiteness.CountNotFinite(input), input.NumberOfElements)
        {
            Picture = input.dim() > 0 ? Finiteness.FirstNotFinite(input) : null,
        };

    private static FiniteReport? FirstLayer<TOutput>(nn.Module<Tensor, TOutput> network, Tensor input)
    {
        var buffers = network.training ? new BufferSnapshot(network) : null;
        try
        {
            using var search = new LayerSearch(network);
            network.call(input);
            return search.Found;
        }
        finally
        {
            buffers?.PutBack();
        }
    }
}
