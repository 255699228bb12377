using static TorchSharp.torch;

namespace SingleShot.Weights.PyTorch;

/// <summary>Puts tensors over their storages' memory.</summary>
internal static class TensorsOver
{
    /// <summary>Reads each storage that a tensor looks into, once, straight into the memory that its tensors then share.</summary>
    /// <param name="state">The tensors' descriptions.</param>
    /// <param name="read">Reads a storage's elements [Count].</param>
    public static NamedTensors Storages(StateDictionary state, Func<PickledStorage, Tensor> read)
    {
        using var scope = NewDisposeScope();
        var storages = new Dictionary<string, Tensor>();
        var tensors = new List<(string, Tensor)>(state.Tensors.Count);
        foreach (var (name, description) in state.Tensors)
        {
            var storage = description.View.Storage;
            if (!storages.TryGetValue(storage.Key, out var memory))
            {
                memory = read(storage);
                storages.Add(storage.Key, memory);
            }
            tensors.Add((name, description.Over(memory)));
        }
        return new NamedTensors(tensors, state.Metadata);
    }
}
