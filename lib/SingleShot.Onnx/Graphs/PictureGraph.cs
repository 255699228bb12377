using SingleShot.Models;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>From a picture's bytes to what the network takes, as <c>ImageTensor</c> does it: a square by bilinear interpolation, normalized.</summary>
/// <remarks>
/// The square comes first here, and then the normalization: both are linear, so the order changes nothing but the rounding, and there are fewer
/// numbers to normalize.
/// </remarks>
internal static class PictureGraph
{
    /// <summary>Adds the pictures as the model's input.</summary>
    /// <returns>The pictures [batch, height, width, 3] of bytes.</returns>
    public static Value Pictures(GraphBuilder graph) => graph.Input(
        new Value(OnnxNames.Images, ElementType.Uint8, "batch", "height", "width", 3),
        "Pictures of one size: rows from the top, pixels from the left, bytes of red, green and blue.");

    /// <summary>Adds what becomes of them.</summary>
    /// <returns>[batch, 3, S, S].</returns>
    public static Value Normalized(GraphBuilder graph, SsdSpecification model, Value pictures)
    {
        var side = model.InputSize;
        var planes = graph.Add("Transpose", [pictures], ElementType.Uint8, ["batch", 3, "height", "width"], NodeAttribute.List("perm", 0, 3, 1, 2));
        var numbers = graph.Add("Cast", [planes], ElementType.Float, planes.Shape, NodeAttribute.Of("to", ElementType.Float));
        var square = graph.Add("Concat", [BatchSize(graph, pictures), graph.Constant("square", 3, side, side)], ElementType.Int64, [4], NodeAttribute.Of("axis", 0));
        var resized = graph.Add(
            "Resize", [numbers, null, null, square], ElementType.Float, ["batch", 3, side, side],
            NodeAttribute.Of("mode", "linear"), NodeAttribute.Of("coordinate_transformation_mode", "half_pixel"));

        // (byte / 255 - mean) / deviation, as a product and a sum.
        float[] factors = [.. model.StandardDeviation.Select(deviation => (float)(1 / (255 * deviation)))];
        float[] shifts = [.. model.Mean.Zip(model.StandardDeviation, (mean, deviation) => (float)(-mean / deviation))];
        var scaled = graph.Add("Mul", [resized, graph.Constant("pixel_factors", factors, 3, 1, 1)], ElementType.Float, resized.Shape);
        return graph.Add("Add", [scaled, graph.Constant("pixel_shifts", shifts, 3, 1, 1)], ElementType.Float, resized.Shape);
    }

    /// <summary>How many pictures there are: [1].</summary>
    public static Value BatchSize(GraphBuilder graph, Value pictures) =>
        graph.Add("Shape", [pictures], ElementType.Int64, [1], NodeAttribute.Of("start", 0), NodeAttribute.Of("end", 1));

    /// <summary>Width, height, width and height of the pictures, for corners: [4].</summary>
    public static Value Sides(GraphBuilder graph, Value pictures)
    {
        var shape = graph.Add("Shape", [pictures], ElementType.Int64, [4]);
        var sides = graph.Add("Gather", [shape, graph.Constant("width_height", 2, 1, 2, 1)], ElementType.Int64, [4], NodeAttribute.Of("axis", 0));
        return graph.Add("Cast", [sides], ElementType.Float, [4], NodeAttribute.Of("to", ElementType.Float));
    }
}
