using System.Runtime.InteropServices;
using SingleShot.Networks;
using SingleShot.Onnx.Format;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>The network itself: from normalized pictures to the offsets and scores of every default box.</summary>
/// <param name="graph">Where it goes.</param>
/// <param name="type">Type of the weights and of what is computed with them, float32 or float16.</param>
internal sealed class NetworkGraph(GraphBuilder graph, ElementType type)
{
    private const float LeastNorm = 1e-12f; // PyTorch's, against a division by zero

    /// <summary>Adds the network.</summary>
    /// <param name="network">Its layers.</param>
    /// <param name="input">[batch, 3, S, S], float32.</param>
    /// <returns>Offsets [batch, A, 4] and scores [batch, A, K], float32.</returns>
    public (Value Offsets, Value Scores) Add(NetworkLayers network, Value input)
    {
        List<Value> maps = [];
        var map = Cast(input, type);
        foreach (var stage in network.Stages)
        {
            map = Add(stage, map);
            maps.Add(map);
        }
        if (network.FinestScales is { } scales)
        {
            maps[0] = ScaledToNorm(maps[0], scales);
        }
        return (Predictions(maps, network.OffsetHeads, 4), Predictions(maps, network.ScoreHeads, network.Specification.ScoreCount));
    }

    private Value Add(IReadOnlyList<Layer> layers, Value input) => layers.Aggregate(input, Add);

    private Value Add(Value input, Layer layer) => layer switch
    {
        ConvolutionLayer convolution => Convolution(input, convolution),
        ActivationLayer { Function: ActivationFunction.Relu } => Pointwise("Relu", input),
        ActivationLayer { Function: ActivationFunction.Relu6 } => Pointwise("Clip", input, Number("zero", 0), Number("six", 6)),
        ActivationLayer { Function: ActivationFunction.HardSwish } => Pointwise("HardSwish", input),
        MaxPoolingLayer pooling => Pooling(input, pooling),
        SqueezeExcitationLayer squeeze => SqueezeExcitation(input, squeeze),
        ResidualLayer residual => Pointwise("Add", Add(residual.Layers, input), input),
        _ => throw new NotSupportedException($"There is no ONNX for a {layer.GetType().Name}."),
    };

    private Value Convolution(Value input, ConvolutionLayer layer)
    {
        var weights = Weights($"{layer.Name}.weight", layer.Weights, layer.Output, layer.InputPerGroup, layer.Kernel, layer.Kernel);
        var biases = Weights($"{layer.Name}.bias", layer.Biases, layer.Output);
        var side = (Side(input) + 2 * layer.Padding - layer.Dilation * (layer.Kernel - 1) - 1) / layer.Stride + 1;
        return graph.Add(
            "Conv", [input, weights, biases], type, ["batch", layer.Output, side, side],
            NodeAttribute.List("kernel_shape", layer.Kernel, layer.Kernel), NodeAttribute.List("strides", layer.Stride, layer.Stride), Padding(layer.Padding),
            NodeAttribute.List("dilations", layer.Dilation, layer.Dilation), NodeAttribute.Of("group", layer.Groups));
    }

    private Value Pooling(Value input, MaxPoolingLayer layer)
    {
        var way = Side(input) + 2 * layer.Padding - layer.Kernel;
        var side = way / layer.Stride + 1;
        if (layer.RoundsUp && way % layer.Stride > 0 && side * layer.Stride < Side(input) + layer.Padding)
        {
            side++; // the square that reaches beyond the edge, if it begins before it
        }
        return graph.Add(
            "MaxPool", [input], type, ["batch", input.Shape[1], side, side],
            NodeAttribute.List("kernel_shape", layer.Kernel, layer.Kernel), NodeAttribute.List("strides", layer.Stride, layer.Stride), Padding(layer.Padding),
            NodeAttribute.Of("ceil_mode", layer.RoundsUp ? 1 : 0));
    }

    private Value SqueezeExcitation(Value input, SqueezeExcitationLayer layer)
    {
        var mean = graph.Add("GlobalAveragePool", [input], type, ["batch", input.Shape[1], 1, 1]);
        var squeezed = Pointwise("Relu", Convolution(mean, layer.Narrow));
        var widened = Convolution(squeezed, layer.Widen);
        var factors = graph.Add("HardSigmoid", [widened], type, widened.Shape, NodeAttribute.Of("alpha", 1f / 6), NodeAttribute.Of("beta", 0.5f));
        return Pointwise("Mul", input, factors);
    }

    /// <summary>The map with the L2 norm of each cell's channels brought to 1, each channel times its scale. The sum of squares needs float32's range.</summary>
    private Value ScaledToNorm(Value map, IReadOnlyList<float> scales)
    {
        var wide = Cast(map, ElementType.Float);
        var side = Side(map);
        var norm = graph.Add("ReduceL2", [wide], ElementType.Float, ["batch", 1, side, side], NodeAttribute.List("axes", 1), NodeAttribute.Of("keepdims", 1));
        var bounded = Pointwise("Max", norm, graph.Constant("least_norm", [LeastNorm], []));
        var normalized = Pointwise("Div", wide, bounded);
        var scaled = Pointwise("Mul", normalized, graph.Constant("backbone.scale_weight", scales.ToArray(), 1, scales.Count, 1, 1));
        return Cast(scaled, type);
    }

    /// <summary>What the heads give for each map, over all maps in the order of the default boxes: [batch, A, numbers].</summary>
    private Value Predictions(IReadOnlyList<Value> maps, IReadOnlyList<IReadOnlyList<Layer>> heads, int numbers)
    {
        Value[] all = [.. maps.Zip(heads, (map, head) =>
        {
            var output = Add(head, map); // [batch, boxes * numbers, H, W]
            var (channels, side) = ((int)output.Shape[1].Length, Side(output));
            var last = graph.Add("Transpose", [output], type, ["batch", side, side, channels], NodeAttribute.List("perm", 0, 2, 3, 1));
            var rows = graph.Constant("rows", 0, -1, numbers); // 0 keeps the batch
            return graph.Add("Reshape", [last, rows], type, ["batch", side * side * channels / numbers, numbers]);
        })];
        var count = all.Sum(one => (int)one.Shape[1].Length);
        return Cast(graph.Add("Concat", all, type, ["batch", count, numbers], NodeAttribute.Of("axis", 1)), ElementType.Float);
    }

    private Value Pointwise(string operation, params Value[] inputs) => graph.Add(operation, inputs, inputs[0].Type, inputs[0].Shape);

    private Value Cast(Value value, ElementType to) => value.Type == to ? value : graph.Add("Cast", [value], to, value.Shape, NodeAttribute.Of("to", to));

    private Value Number(string name, float number) => Weights(name, [number]);

    private Value Weights(string name, IReadOnlyList<float> numbers, params IReadOnlyList<Side> shape)
    {
        if (type == ElementType.Float)
        {
            return graph.Constant(name, numbers as float[] ?? [.. numbers], shape);
        }
        Half[] halves = [.. numbers.Select(number => (Half)number)];
        return Array.TrueForAll(halves, Half.IsFinite) ? graph.Constant(name, type, MemoryMarshal.AsBytes<Half>(halves), shape) : throw new ArgumentException(
            $"{name} has the number {numbers.MaxBy(Math.Abs)}, and float16 ends at {(float)Half.MaxValue}. Export this network in float32.");
    }

    private static AttributeProto Padding(int padding) => NodeAttribute.List("pads", padding, padding, padding, padding);

    private static int Side(Value map) => (int)map.Shape[^1].Length;
}
