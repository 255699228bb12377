using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>A tensor's memory as bytes, piece by piece, in the machine's (little-endian) order.</summary>
internal static class TensorBytes
{
    // A span holds at most 2^31 bytes; pieces also keep what a stream buffers small.
    private const long ElementsAtOnce = 1 << 22;

    /// <summary>Visits a contiguous CPU tensor's memory.</summary>
    public static void ForEachPiece(Tensor tensor, PieceAction action)
    {
        using var scope = NewDisposeScope();
        var elements = tensor.detach().view(-1); // [elements], the same memory
        for (long done = 0, count = elements.NumberOfElements; done < count; done += ElementsAtOnce)
        {
            action(elements.narrow(0, done, Math.Min(ElementsAtOnce, count - done)).bytes);
        }
    }

    /// <summary>What is done with a piece of memory; writing to it writes to the tensor.</summary>
    public delegate void PieceAction(Span<byte> piece);
}
