using static TorchSharp.torch;

namespace SingleShot.Weights.Tensors;

/// <summary>An element type that weights have, and what each format calls it. Other types are refused by name.</summary>
/// <param name="Type">Ours.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Safetensors">Its name in the header of a .safetensors file.</param>
/// <param name="TorchStorage">The class of its storages in a pickle of PyTorch's, in the module <c>torch</c>.</param>
internal sealed record ElementType(ScalarType Type, int Size, string Safetensors, string TorchStorage)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ElementType> All { get; } =
    [
        new(ScalarType.Float64, 8, "F64", "DoubleStorage"),
        new(ScalarType.Float32, 4, "F32", "FloatStorage"),
        new(ScalarType.Float16, 2, "F16", "HalfStorage"),
        new(ScalarType.BFloat16, 2, "BF16", "BFloat16Storage"),
        new(ScalarType.Int64, 8, "I64", "LongStorage"),
        new(ScalarType.Int32, 4, "I32", "IntStorage"),
        new(ScalarType.Int16, 2, "I16", "ShortStorage"),
        new(ScalarType.Int8, 1, "I8", "CharStorage"),
        new(ScalarType.Byte, 1, "U8", "ByteStorage"),
        new(ScalarType.Bool, 1, "BOOL", "BoolStorage"),
    ];

    /// <summary>The type of a tensor that is to be written.</summary>
    /// <exception cref="ArgumentException">The formats have no such type.</exception>
    public static ElementType Of(string name, Tensor value) => All.FirstOrDefault(type => type.Type == value.dtype)
        ?? throw new ArgumentException(
            $"Tensor '{name}' is {value.dtype}; the types that can be written are {string.Join(", ", All.Select(type => type.Type))}.");

    /// <summary>Bytes of a tensor; null where its dimensions, those of 0 aside, are too large to multiply.</summary>
    /// <remarks>libtorch multiplies them for the strides, of an empty tensor too.</remarks>
    public long? BytesOf(ReadOnlySpan<long> shape)
    {
        long product = Size;
        var empty = false;
        foreach (var size in shape)
        {
            empty |= size == 0;
            if (size > 0 && product > long.MaxValue / size)
            {
                return null;
            }
            product *= Math.Max(size, 1);
        }
        return empty ? 0 : product;
    }
}
