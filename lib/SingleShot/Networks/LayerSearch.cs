using SingleShot.Models;
using SingleShot.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Watches a network run, to find the first layer that gives NaN or infinity; inner layers are looked at before those that contain them.</summary>
internal sealed class LayerSearch : IDisposable
{
    private readonly ForwardHooks _hooks = new();

    /// <summary>Watches every layer whose inputs and outputs are known, and the network itself.</summary>
    public LayerSearch(nn.Module network)
    {
        foreach (var (name, module) in network.named_modules().Append(("", network)))
        {
            switch (module)
            {
                case nn.Module<Tensor, Tensor> layer:
                    Watch(name, layer);
                    break;
                case nn.Module<Tensor, IReadOnlyList<Tensor>> backbone:
                    Watch(name, backbone);
                    break;
                case nn.Module<IReadOnlyList<Tensor>, Tensor> head:
                    Watch(name, head);
                    break;
                case nn.Module<IReadOnlyList<Tensor>, Predictions> heads:
                    Watch(name, heads);
                    break;
                case nn.Module<Tensor, Predictions> whole:
                    Watch(name, whole);
                    break;
            }
        }
    }

    /// <summary>The first layer that was not finite; null if none was, so far.</summary>
    public FiniteReport? Found { get; private set; }

    /// <summary>Stops watching.</summary>
    public void Dispose() => _hooks.Dispose();

    private void Watch<TInput, TOutput>(string name, nn.Module<TInput, TOutput> layer)
    {
        var inputsFinite = true;
        _hooks.Watch(
            layer,
            input => inputsFinite = Found is not null || Finiteness.AreFinite(Tensors(input)), // before it runs: it may work in place
            output => Found ??= Report(name, layer.GetName(), inputsFinite, Tensors(output)));
    }

    private static FiniteReport? Report(string name, string type, bool inputsFinite, Tensor[] outputs) => Finiteness.AreFinite(outputs) ? null
        : new FiniteReport(NotFinitePlace.Layer, name, outputs.Sum(Finiteness.CountNotFinite), outputs.Sum(output => output.NumberOfElements))
        {
            LayerType = type,
            InputsFinite = inputsFinite,
        };

    private static Tensor[] Tensors<T>(T value) => value switch
    {
        Tensor one => [one],
        IReadOnlyList<Tensor> several => [.. several],
        Predictions predictions => [predictions.Offsets, predictions.Scores],
        _ => [],
    };
}

/// <summary>Sees what the layers of a network take and give while it runs, until it is disposed; it changes nothing.</summary>
internal sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removals = [];

    /// <summary>Begins to watch one layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="before">Is given what the layer takes, before it runs.</param>
    /// <param name="after">Is given what the layer gives.</param>
    public void Watch<TInput, TOutput>(torch.nn.Module<TInput, TOutput> layer, Action<TInput> before, Action<TOutput> after)
    {
        var first = layer.register_forward_pre_hook((_, input) =>
        {
            before(input);
            return input;
        });
        _removals.Add(first.remove);
        var second = layer.register_forward_hook((_, _, output) =>
        {
            after(output);
            return output;
        });
        _removals.Add(second.remove);
    }

    /// <summary>Stops watching.</summary>
    public void Dispose() => _removals.ForEach(remove => remove());
}
