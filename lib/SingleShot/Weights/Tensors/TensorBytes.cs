using static TorchSharp.torch;

namespace SingleShot.Weights.Tensors;

/// <summary>A tensor's memory as bytes, piece by piece, in the machine's (little-endian) order.</summary>
internal static class TensorBytes
{
    // A span holds at most 2^31 bytes; pieces also stay in a processor's cache between reading and checking them.
    private const long ElementsAtOnce = 1 << 18;

    /// <summary>Visits a contiguous CPU tensor's memory.</summary>
    public static void ForEachPiece(Tensor tensor, PieceAction action)
    {
        using var scope = NewDisposeScope();
        var elements = tensor.detach().view(-1); // [elements], the same memory
        for (long done = 0, count = elements.NumberOfElements; done < count; done += ElementsAtOnce)
        {
            using var piece = elements.narrow(0, done, Math.Min(ElementsAtOnce, count - done));
            action(piece.bytes);
        }
    }

    /// <summary>Makes a tensor of the bytes that a stream has next.</summary>
    /// <param name="stream">The stream, which has enough of them: that is checked before memory is taken.</param>
    /// <param name="type">What the bytes are.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="visit">Sees each piece after it was read.</param>
    /// <exception cref="InvalidDataException">A BOOL is neither 0 nor 1.</exception>
    public static Tensor Read(Stream stream, ElementType type, long[] shape, string name, PieceAction? visit = null)
    {
        var tensor = empty(shape, dtype: type.Type, device: CPU);
        try
        {
            ForEachPiece(tensor, piece =>
            {
                stream.ReadExactly(piece);
                // Another value in a bool's byte makes libtorch's comparisons undefined.
                if (type.Type == ScalarType.Bool && piece.ContainsAnyExceptInRange((byte)0, (byte)1))
                {
                    throw new InvalidDataException($"{name} is BOOL and has a byte that is neither 0 nor 1.");
                }
                visit?.Invoke(piece);
            });
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>What is done with a piece of memory; writing to it writes to the tensor.</summary>
    public delegate void PieceAction(Span<byte> piece);
}
