using System.Runtime.InteropServices;
using Google.Protobuf;
using SingleShot.Onnx.Format;
using ElementType = SingleShot.Onnx.Format.TensorProto.Types.DataType;

namespace SingleShot.Onnx.Graphs;

/// <summary>Puts a graph together, node after node in the order in which they run.</summary>
/// <remarks>Each value is declared with its type and shape, so that no reader has to infer them. Names are numbered where they repeat.</remarks>
/// <param name="name">What to call the graph.</param>
internal sealed class GraphBuilder(string name)
{
    private readonly Dictionary<string, int> _names = [];

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = name };

    /// <summary>A tensor that the caller of the model gives.</summary>
    public Value Input(Value value, string documentation)
    {
        Graph.Input.Add(value.Declaration(documentation));
        return value with { Name = Unique(value.Name) };
    }

    /// <summary>A single number that the caller of the model may give, and what it is otherwise.</summary>
    public Value Option(string name, float otherwise, string documentation)
    {
        var value = Constant(name, [otherwise], []);
        Graph.Input.Add(value.Declaration(documentation));
        return value;
    }

    /// <summary>Hands a value to the caller of the model.</summary>
    public void Output(Value value, string name, string documentation)
    {
        // The last node takes the promised name itself: a copy under that name would cost a pass over the numbers.
        var node = Graph.Node.Last(node => node.Output.Contains(value.Name));
        node.Output[node.Output.IndexOf(value.Name)] = name;
        foreach (var reader in Graph.Node.Where(reader => reader.Input.Contains(value.Name)))
        {
            reader.Input[reader.Input.IndexOf(value.Name)] = name;
        }
        Graph.ValueInfo.Remove(Graph.ValueInfo.Single(declared => declared.Name == value.Name));
        Graph.Output.Add((value with { Name = name }).Declaration(documentation));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">ONNX's name of what it does.</param>
    /// <param name="inputs">What it takes; null for an input that is left out.</param>
    /// <param name="type">Type of what it gives.</param>
    /// <param name="shape">Shape of what it gives.</param>
    /// <param name="attributes">Its attributes.</param>
    public Value Add(string operation, IReadOnlyList<Value?> inputs, ElementType type, IReadOnlyList<Side> shape, params IReadOnlyList<AttributeProto> attributes) =>
        Add(operation, inputs, [(type, shape)], attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public IReadOnlyList<Value> Add(
        string operation, IReadOnlyList<Value?> inputs, IReadOnlyList<(ElementType Type, IReadOnlyList<Side> Shape)> outputs,
        params IReadOnlyList<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = Unique(operation), OpType = operation };
        Value[] values = [.. outputs.Select((output, i) => new Value(outputs.Count == 1 ? $"{node.Name}.output" : $"{node.Name}.output{i}", output.Type, output.Shape))];
        node.Input.AddRange(inputs.Select(input => input?.Name ?? ""));
        node.Output.AddRange(values.Select(value => value.Name));
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        Graph.ValueInfo.AddRange(values.Select(value => value.Declaration()));
        return values;
    }

    /// <summary>Numbers that are part of the model.</summary>
    public Value Constant(string name, ReadOnlySpan<float> numbers, params IReadOnlyList<Side> shape) =>
        Constant(name, ElementType.Float, MemoryMarshal.AsBytes(numbers), shape);

    /// <summary>Whole numbers that are part of the model: [n].</summary>
    public Value Constant(string name, params ReadOnlySpan<long> numbers) =>
        Constant(name, ElementType.Int64, MemoryMarshal.AsBytes(numbers), [numbers.Length]);

    /// <summary>Numbers that are part of the model, as the bytes of their type.</summary>
    public Value Constant(string name, ElementType type, ReadOnlySpan<byte> bytes, IReadOnlyList<Side> shape)
    {
        var value = new Value(Unique(name), type, shape);
        var tensor = new TensorProto { Name = value.Name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.Select(side => side.Length));
        Graph.Initializer.Add(tensor);
        return value;
    }

    private string Unique(string name)
    {
        var count = _names[name] = _names.GetValueOrDefault(name) + 1;
        return count == 1 ? name : Unique($"{name}_{count}");
    }
}
