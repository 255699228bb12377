using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>The element types of the format that tensors have here, by the names the format gives them.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Types.Select(type => type.Name));

    /// <summary>The type of a name, and the bytes of one element; null for a name that is none of them.</summary>
    public static (ScalarType Type, int Size)? Find(string name)
    {
        foreach (var type in Types)
        {
            if (type.Name == name)
            {
                return (type.Type, type.Size);
            }
        }
        return null;
    }

    /// <summary>The name of a type, and the bytes of one element; null where the format has none.</summary>
    public static (string Name, int Size)? Find(ScalarType type)
    {
        foreach (var candidate in Types)
        {
            if (candidate.Type == type)
            {
                return (candidate.Name, candidate.Size);
            }
        }
        return null;
    }
}
