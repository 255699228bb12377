using SingleShot.Onnx.Format;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>A tensor that a graph computes, by its name.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its sides.</param>
internal sealed record Value(string Name, ElementType Type, params IReadOnlyList<Side> Shape)
{
    /// <summary>The value as ONNX declares it.</summary>
    public ValueInfoProto Declaration(string? documentation = null)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(Shape.Select(side => side.Symbol is { } symbol
            ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
            : new TensorShapeProto.Types.Dimension { DimValue = side.Length }));
        var declared = new ValueInfoProto { Name = Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type, Shape = shape } } };
        if (documentation is not null)
        {
            declared.DocString = documentation;
        }
        return declared;
    }
}

/// <summary>A side of a tensor: a length, or the symbol of one that is known only when the model runs.</summary>
/// <param name="Length">The length, where it is known.</param>
/// <param name="Symbol">The symbol, where it is not.</param>
internal readonly record struct Side(long Length, string? Symbol)
{
    public static implicit operator Side(int length) => new(length, null);

    public static implicit operator Side(string symbol) => new(0, symbol);
}
