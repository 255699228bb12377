using static TorchSharp.torch;

namespace SingleShot.Networks;

/// <summary>Adds up tensors over processes that each train a copy of one network.</summary>
public interface ITensorSum
{
    /// <summary>How many processes there are, at least 1.</summary>
    int Processes { get; }

    /// <summary>
    /// Replaces a tensor's numbers by their sums over all processes, which are the same in each to the last bit. All processes call it
    /// equally often, with tensors of the same shape and type in the same order.
    /// </summary>
    /// <param name="tensor">float32 or float64, without gradients of its own.</param>
    void Sum(Tensor tensor);
}
