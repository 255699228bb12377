using TorchSharp;

namespace SingleShot.Networks;

/// <summary>Looks on while the layers of a network run, until it is disposed of; it changes nothing of what they take and give.</summary>
internal sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removals = [];

    /// <summary>Looks on at one layer.</summary>
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

    /// <summary>Looks no longer.</summary>
    public void Dispose() => _removals.ForEach(remove => remove());
}
