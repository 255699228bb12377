using static TorchSharp.torch;

namespace SingleShot.Weights.Tensors;

/// <summary>The tensors and texts of a weights file.</summary>
/// <remarks>It owns its tensors, which no dispose scope holds: dispose of it when they are no longer needed, and not before.</remarks>
public sealed class NamedTensors : IDisposable
{
    /// <param name="tensors">The tensors, each name once; they leave the dispose scope that they are in.</param>
    /// <param name="metadata">The texts.</param>
    internal NamedTensors(IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Names = [.. tensors.Select(entry => entry.Name)];
        Tensors = tensors.ToDictionary(entry => entry.Name, entry => entry.Value.DetachFromDisposeScope());
        Metadata = metadata;
    }

    /// <summary>The tensors' names in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The tensors by name, on the CPU, without gradients. Those that shared memory when they were saved do so again.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The texts and numbers that the file carries beside its tensors, by name; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What the file carries besides and was passed over, the first twenty: the place, and what Python would have made there.</summary>
    public IReadOnlyList<string> Skipped { get; internal init; } = [];

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Fails where two tensors have one name.</summary>
    /// <exception cref="ArgumentException">Two have.</exception>
    internal static void RequireUnique(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>();
        foreach (var (name, _) in tensors)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"Two tensors are named '{name}'.", nameof(tensors));
            }
        }
    }
}
