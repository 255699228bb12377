using SingleShot.Boxes;
using SingleShot.Models;
using SingleShot.Onnx.Format;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>From offsets and scores to detections, as <c>PredictionDecoder</c> has it: decode, clip, threshold, best of each class, suppression, best of all.</summary>
/// <param name="graph">Where it goes.</param>
/// <param name="model">The model; its detection settings say what to keep.</param>
internal sealed class DetectionGraph(GraphBuilder graph, SsdSpecification model)
{
    private readonly int _classes = model.ClassNames.Count;
    private readonly int _candidates = Math.Min(model.Detection.CandidatesPerClass, model.BoxCount);

    private int Detections => Math.Min(model.Detection.DetectionsPerImage, _classes * _candidates);

    /// <summary>Adds everything behind the network, and the model's outputs.</summary>
    /// <param name="offsets">[batch, A, 4].</param>
    /// <param name="scores">[batch, A, K].</param>
    /// <param name="pictures">The pictures that they are of.</param>
    public void Add(Value offsets, Value scores, PictureGraph pictures)
    {
        var threshold = graph.Option(
            OnnxNames.ScoreThreshold, (float)model.Detection.ScoreThreshold, "Scores at or below this are dropped, 0 to 1. May be left out.");
        var overlap = graph.Option(
            OnnxNames.Overlap, (float)model.Detection.Overlap, "Jaccard overlap above which the surer of two boxes of a class drops the other, 0 to 1. May be left out.");

        // The best of each class: a list of candidates for each class of each picture.
        var columns = new[] { TopKOutput(ElementType.Float, "batch", _classes, _candidates), TopKOutput(ElementType.Int64, "batch", _classes, _candidates) };
        var best = graph.Add("TopK", [Probabilities(scores), graph.Constant("candidates_per_class", _candidates)], columns, NodeAttribute.Of("axis", 2));
        var places = Reshape(best[1], graph.Constant("places", 0, -1, 1), "batch", _classes * _candidates, 1);
        var corners = graph.Add("GatherND", [Corners(offsets), places], ElementType.Float, ["batch", _classes * _candidates, 4], NodeAttribute.Of("batch_dims", 1));

        var kept = Suppress(best[0], corners, threshold, overlap, pictures);

        // The best of all, of equal scores the lower class first, then the lower default box.
        var rows = new[] { TopKOutput(ElementType.Float, "batch", Detections), TopKOutput(ElementType.Int64, "batch", Detections) };
        var found = graph.Add("TopK", [kept, graph.Constant("detections_per_image", Detections)], rows, NodeAttribute.Of("axis", 1));
        var labels = graph.Add("Div", [found[1], graph.Constant("candidates", _candidates)], ElementType.Int64, found[1].Shape);
        var boxes = graph.Add(
            "GatherND", [corners, Reshape(found[1], graph.Constant("column", 0, -1, 1), "batch", Detections, 1)], ElementType.Float,
            ["batch", Detections, 4], NodeAttribute.Of("batch_dims", 1));
        var pixels = graph.Add("Mul", [boxes, pictures.Sides()], ElementType.Float, boxes.Shape);

        var counts = Counts(found[0], offsets, scores);

        graph.Output(pixels, OnnxNames.Boxes, "Left, top, right and bottom in pixels of the picture, best first.");
        graph.Output(found[0], OnnxNames.Scores, "How sure the detector is, 0 to 1, falling.");
        graph.Output(labels, OnnxNames.Labels, "Indices into the class names, from 0.");
        graph.Output(counts, OnnxNames.Counts, "How many detections each picture has, and the rows after them mean nothing; -1 where the network's predictions are NaN or infinite.");
    }

    /// <summary>Softmax over all scores, without the background's: [batch, C, A].</summary>
    private Value Probabilities(Value scores)
    {
        var softmax = graph.Add("Softmax", [scores], ElementType.Float, scores.Shape, NodeAttribute.Of("axis", 2));
        var classes = model.FirstClassScore == 0 ? softmax : Slice(softmax, "classes", model.FirstClassScore, model.ScoreCount);
        return graph.Add("Transpose", [classes], ElementType.Float, ["batch", _classes, model.BoxCount], NodeAttribute.List("perm", 0, 2, 1));
    }

    /// <summary>Corners of every default box, moved by its offsets, as fractions of the picture's sides, within it: [batch, A, 4].</summary>
    private Value Corners(Value offsets)
    {
        float[] centers = [.. model.DefaultBoxes().SelectMany(box => new[] { (float)box.CenterX, (float)box.CenterY })];
        float[] sizes = [.. model.DefaultBoxes().SelectMany(box => new[] { (float)box.Width, (float)box.Height })];
        var defaultCenters = graph.Constant("default_centers", centers, 1, model.BoxCount, 2);
        var defaultSizes = graph.Constant("default_sizes", sizes, 1, model.BoxCount, 2);

        var moves = Arithmetic("Div", Slice(offsets, "moves", 0, 2), Number("center_weight", model.Coder.CenterWeight));
        var center = Arithmetic("Add", Arithmetic("Mul", moves, defaultSizes), defaultCenters);
        var stretches = Arithmetic("Div", Slice(offsets, "stretches", 2, 4), Number("size_weight", model.Coder.SizeWeight));
        var bounded = Arithmetic("Min", stretches, Number("largest_log_size", BoxCoder.LargestLogSize));
        var half = Arithmetic("Div", Arithmetic("Mul", Arithmetic("Exp", bounded), defaultSizes), Number("two", 2));
        var corners = graph.Add(
            "Concat", [Arithmetic("Sub", center, half), Arithmetic("Add", center, half)], ElementType.Float, ["batch", model.BoxCount, 4], NodeAttribute.Of("axis", 2));
        return Arithmetic("Clip", corners, Number("upper_left", 0), Number("lower_right", 1));
    }

    /// <summary>The scores of the candidates that no surer one of their class drops, and 0 for the others: [batch, C * candidates].</summary>
    /// <remarks>Each list of candidates goes in as a picture of its own with one class, because ONNX lets all classes of a picture share their boxes.</remarks>
    private Value Suppress(Value scores, Value corners, Value threshold, Value overlap, PictureGraph pictures)
    {
        var lists = Reshape(scores, graph.Constant("lists", -1, 1, _candidates), "lists", 1, _candidates);
        var boxes = Reshape(corners, graph.Constant("boxes_of_lists", -1, _candidates, 4), "lists", _candidates, 4);
        var limit = graph.Constant("no_limit", ElementType.Int64, BitConverter.GetBytes((long)_candidates), []);
        var selected = graph.Add("NonMaxSuppression", [boxes, lists, limit, overlap, threshold], ElementType.Int64, ["selected", 3]);

        var values = graph.Add("GatherND", [lists, selected], ElementType.Float, ["selected"]);
        var shape = graph.Add("Shape", [lists], ElementType.Int64, [3]);
        var zeros = graph.Add("ConstantOfShape", [shape], ElementType.Float, lists.Shape); // float32 zeros unless told
        var kept = graph.Add("ScatterND", [zeros, selected, values], ElementType.Float, lists.Shape);
        var flat = graph.Add("Concat", [pictures.BatchSize(), graph.Constant("all", _classes * _candidates)], ElementType.Int64, [2], NodeAttribute.Of("axis", 0));
        return graph.Add("Reshape", [kept, flat], ElementType.Float, ["batch", _classes * _candidates]);
    }

    /// <summary>How many scores are above 0, and -1 for a picture whose predictions are not all finite, which is no picture without objects: [batch].</summary>
    private Value Counts(Value found, Value offsets, Value scores)
    {
        var isFound = graph.Add("Greater", [found, Number("nothing", 0)], ElementType.Bool, found.Shape);
        var ones = graph.Add("Cast", [isFound], ElementType.Int64, found.Shape, NodeAttribute.Of("to", ElementType.Int64));
        var counts = graph.Add("ReduceSum", [ones, graph.Constant("rows_axis", 1)], ElementType.Int64, ["batch"], NodeAttribute.Of("keepdims", 0));

        var sum = Arithmetic("Add", Sum(offsets), Sum(scores));
        var notFinite = graph.Add("IsNaN", [Arithmetic("Mul", sum, Number("none", 0))], ElementType.Bool, ["batch"]); // 0 times infinity is NaN
        return graph.Add("Where", [notFinite, graph.Constant("not_finite", -1), counts], ElementType.Int64, ["batch"]);

        Value Sum(Value values) => graph.Add("ReduceSum", [values, graph.Constant("predictions_axes", 1, 2)], ElementType.Float, ["batch"], NodeAttribute.Of("keepdims", 0));
    }

    private Value Slice(Value value, string name, int from, int to) => graph.Add(
        "Slice", [value, graph.Constant($"{name}_from", from), graph.Constant($"{name}_to", to), graph.Constant($"{name}_axis", 2)],
        ElementType.Float, [.. value.Shape.Take(2), to - from]);

    private Value Arithmetic(string operation, params Value[] inputs) => graph.Add(operation, inputs, ElementType.Float, inputs[0].Shape);

    private Value Number(string name, double number) => graph.Constant(name, [(float)number], []);

    private Value Reshape(Value value, Value sides, params IReadOnlyList<Side> shape) => graph.Add("Reshape", [value, sides], value.Type, shape);

    private static (ElementType, IReadOnlyList<Side>) TopKOutput(ElementType type, params IReadOnlyList<Side> shape) => (type, shape);
}
