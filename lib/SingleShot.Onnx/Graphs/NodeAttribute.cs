using Google.Protobuf;
using SingleShot.Onnx.Format;
using AttributeType = SingleShot.Onnx.Format.AttributeProto.Types.AttributeType;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>What a node is told beside its inputs.</summary>
internal static class NodeAttribute
{
    /// <summary>A whole number.</summary>
    public static AttributeProto Of(string name, int number) => new() { Name = name, Type = AttributeType.Int, I = number };

    /// <summary>A number.</summary>
    public static AttributeProto Of(string name, float number) => new() { Name = name, Type = AttributeType.Float, F = number };

    /// <summary>A word.</summary>
    public static AttributeProto Of(string name, string word) => new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(word) };

    /// <summary>A type, as casts take it.</summary>
    public static AttributeProto Of(string name, ElementType type) => Of(name, (int)type);

    /// <summary>Several whole numbers.</summary>
    public static AttributeProto List(string name, params ReadOnlySpan<int> numbers)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        foreach (var number in numbers)
        {
            attribute.Ints.Add(number);
        }
        return attribute;
    }
}
