using System.Runtime.InteropServices;
using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>Adds up tensors in the memory of the hosts. Those of a GPU are copied there and back.</summary>
/// <param name="communicator">The processes.</param>
public sealed class HostSum(ICommunicator communicator) : ITensorSum
{
    /// <inheritdoc/>
    public int Processes => communicator.Size;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A type other than float32 and float64.</exception>
    public void Sum(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var here = tensor.cpu().contiguous();
        switch (here.dtype)
        {
            case ScalarType.Float32:
                communicator.Sum(MemoryMarshal.Cast<byte, float>(here.bytes));
                break;
            case ScalarType.Float64:
                communicator.Sum(MemoryMarshal.Cast<byte, double>(here.bytes));
                break;
            default:
                throw new NotSupportedException($"Tensors of {here.dtype} are not added up over processes: train with weights of float32 or float64.");
        }
        tensor.copy_(here); // nothing, where it was here already
    }
}
