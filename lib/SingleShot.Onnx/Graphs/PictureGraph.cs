using SingleShot.Models;
using SingleShot.Onnx.Format;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>From a picture's bytes to what the network takes, as <c>ImageTensor</c> does it: a square by bilinear interpolation, normalized.</summary>
/// <remarks>
/// The interpolation is spelled out, step by step as <c>ImageTensor</c> describes it. ONNX's own <c>Resize</c> leaves to each engine how it
/// rounds a place in the picture, and the boxes would be off by some thousandths of a pixel. Only pixels that are looked at are copied and
/// converted.
/// </remarks>
/// <param name="graph">Where it goes.</param>
internal sealed class PictureGraph(GraphBuilder graph)
{
    /// <summary>The model's input: [batch, height, width, 3] of bytes.</summary>
    public Value Pictures { get; } = graph.Input(
        new Value(OnnxNames.Images, ElementType.Uint8, "batch", "height", "width", 3),
        "Pictures of one size: rows from the top, pixels from the left, bytes of red, green and blue.");

    /// <summary>Adds what becomes of the pictures.</summary>
    /// <returns>[batch, 3, S, S].</returns>
    public Value Normalized(SsdSpecification model)
    {
        var side = model.InputSize;
        var (upperRows, lowerRows, rowFractions) = Taps("rows", axis: 1, side);
        var (leftColumns, rightColumns, columnFractions) = Taps("columns", axis: 2, side);
        rowFractions = graph.Add("Reshape", [rowFractions, graph.Constant("by_row", side, 1, 1)], ElementType.Float, [side, 1, 1]);
        columnFractions = graph.Add("Reshape", [columnFractions, graph.Constant("by_column", side, 1)], ElementType.Float, [side, 1]);
        var square = Between(Row(upperRows), Row(lowerRows), rowFractions); // [batch, S, S, 3]

        // (byte / 255 - mean) / deviation, as a product and a sum.
        float[] factors = [.. model.StandardDeviation.Select(deviation => (float)(1 / (255 * deviation)))];
        float[] shifts = [.. model.Mean.Zip(model.StandardDeviation, (mean, deviation) => (float)(-mean / deviation))];
        var scaled = graph.Add("Mul", [square, graph.Constant("pixel_factors", factors, 3)], ElementType.Float, square.Shape);
        var normalized = graph.Add("Add", [scaled, graph.Constant("pixel_shifts", shifts, 3)], ElementType.Float, square.Shape);
        return graph.Add("Transpose", [normalized], ElementType.Float, ["batch", 3, side, side], NodeAttribute.List("perm", 0, 3, 1, 2));

        Value Row(Value rows)
        {
            var bytes = graph.Add("Gather", [Pictures, rows], ElementType.Uint8, ["batch", side, "width", 3], NodeAttribute.Of("axis", 1));
            return Between(Column(bytes, leftColumns), Column(bytes, rightColumns), columnFractions);
        }

        Value Column(Value rows, Value columns)
        {
            var bytes = graph.Add("Gather", [rows, columns], ElementType.Uint8, ["batch", side, side, 3], NodeAttribute.Of("axis", 2));
            return graph.Add("Cast", [bytes], ElementType.Float, bytes.Shape, NodeAttribute.Of("to", ElementType.Float));
        }
    }

    /// <summary>How many pictures there are: [1].</summary>
    public Value BatchSize() => Side(0);

    /// <summary>Width, height, width and height of the pictures, for corners: [4].</summary>
    public Value Sides()
    {
        var shape = graph.Add("Shape", [Pictures], ElementType.Int64, [4]);
        var sides = graph.Add("Gather", [shape, graph.Constant("width_height", 2, 1, 2, 1)], ElementType.Int64, [4], NodeAttribute.Of("axis", 0));
        return graph.Add("Cast", [sides], ElementType.Float, [4], NodeAttribute.Of("to", ElementType.Float));
    }

    /// <summary>For each output pixel along an axis, the two input pixels that it lies between, and how near it is to the second: [side] each.</summary>
    private (Value First, Value Second, Value Fraction) Taps(string name, int axis, int side)
    {
        var length = Side(axis);
        var last = graph.Add("Sub", [length, graph.Constant("one", 1)], ElementType.Int64, [1]);
        var wide = graph.Add("Cast", [length], ElementType.Float, [1], NodeAttribute.Of("to", ElementType.Float));
        var scale = graph.Add("Div", [wide, graph.Constant("side", [side], [])], ElementType.Float, [1]);
        float[] middles = [.. Enumerable.Range(0, side).Select(i => i + 0.5f)];
        var places = Along("Mul", graph.Constant($"{name}_middles", middles, side), scale);
        places = Along("Relu", Along("Sub", places, graph.Constant("half", [0.5f], []))); // never below 0
        var whole = graph.Add("Cast", [places], ElementType.Int64, [side], NodeAttribute.Of("to", ElementType.Int64));
        var first = graph.Add("Min", [whole, last], ElementType.Int64, [side]);
        var next = graph.Add("Add", [first, graph.Constant("one", 1)], ElementType.Int64, [side]);
        var second = graph.Add("Min", [next, last], ElementType.Int64, [side]);
        var start = graph.Add("Cast", [first], ElementType.Float, [side], NodeAttribute.Of("to", ElementType.Float));
        var fraction = Along("Clip", Along("Sub", places, start), graph.Constant("zero", [0], []), graph.Constant("whole", [1], []));
        return (first, second, fraction);

        Value Along(string operation, params Value[] inputs) => graph.Add(operation, inputs, ElementType.Float, [side]);
    }

    /// <summary>(1 - f) x first + f x second.</summary>
    private Value Between(Value first, Value second, Value fraction)
    {
        var rest = graph.Add("Sub", [graph.Constant("whole", [1], []), fraction], ElementType.Float, fraction.Shape);
        var one = graph.Add("Mul", [rest, first], ElementType.Float, first.Shape);
        var other = graph.Add("Mul", [fraction, second], ElementType.Float, first.Shape);
        return graph.Add("Add", [one, other], ElementType.Float, first.Shape);
    }

    private Value Side(int axis) =>
        graph.Add("Shape", [Pictures], ElementType.Int64, [1], NodeAttribute.Of("start", axis), NodeAttribute.Of("end", axis + 1));
}
