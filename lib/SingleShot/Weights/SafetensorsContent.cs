using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>The tensors and texts of a .safetensors file.</summary>
/// <remarks>It owns its tensors, which no dispose scope holds: dispose of it when they are no longer needed, and not before.</remarks>
public sealed class SafetensorsContent : IDisposable
{
    internal SafetensorsContent(
        IReadOnlyList<string> names, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        (Names, Tensors, Metadata) = (names, tensors, metadata);

    /// <summary>The tensors' names in the order of the header.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The tensors by name, on the CPU, without gradients.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The texts that the file carries beside its tensors; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
