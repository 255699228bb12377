using System.Globalization;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.PyTorch;

/// <summary>The few names that a pickle of weights needs: dictionaries, storages, and the functions that put tensors over storages.</summary>
/// <remarks>
/// None of them does anything but describe: a tensor here is its description, and the bytes come later. Any other name stays a name
/// (<see cref="PickledObject"/>), for checkpoints hold much that is not weights; but a tensor in a form that is not read here is refused,
/// lest weights be lost in silence.
/// </remarks>
internal sealed class TorchPickleResolver : IPickleResolver
{
    // No name that is known is as long.
    private const int LongestName = 100;

    private static readonly Dictionary<string, object> Known = MakeKnown();

    private readonly Dictionary<string, PickledStorage> _storages = [];
    private int _tensors;

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, PickledStorage> Storages => _storages;

    private delegate object? Function(IReadOnlyList<object?> arguments);

    /// <inheritdoc/>
    public object Global(string module, string name)
    {
        if (module.Length + name.Length <= LongestName && Known.GetValueOrDefault($"{module}.{name}") is { } known)
        {
            return known;
        }
        var ofTorch = module == "torch" || module.StartsWith("torch.", StringComparison.Ordinal);
        if (ofTorch && (name.StartsWith("_rebuild", StringComparison.Ordinal) || name.EndsWith("Storage", StringComparison.Ordinal) || name == "_load_from_bytes"))
        {
            throw new InvalidDataException(
                $"its pickle asks for {PickledObject.Shown(module)}.{PickledObject.Shown(name)}, a form of tensors that is not read here; nothing was run. "
                + "Save the model's state_dict() alone, of plain tensors.");
        }
        return new PickledObject(module, name);
    }

    /// <inheritdoc/>
    public object? Call(object? callee, IReadOnlyList<object?> arguments)
    {
        Require(callee is Function, "its pickle calls what is no function: the file is damaged. Fetch it again.");
        var result = ((Function)callee!)(arguments);
        // A description takes many times the bytes that ask for it, so those made are counted, not only those that are kept.
        Require(
            result is not PickledTensor || result == arguments[0] || ++_tensors <= FormatRule.MaxTensors,
            $"it has more than {FormatRule.MaxTensors} tensors.");
        return result;
    }

    /// <inheritdoc/>
    public object Persistent(object? id)
    {
        if (id is PickledList { Items: ["module", PickledObject type, ..] }) // a class, as older files name it with its source
        {
            return type;
        }
        if (id is not PickledList { Items: ["storage", ElementType elements, string key, _, long count, .. var rest] } || count < 0)
        {
            throw new InvalidDataException("its pickle refers to something outside it that is no storage of a known type.");
        }
        var storage = new PickledStorage(key, elements, count);
        if (!_storages.TryAdd(key, storage) && _storages[key] != storage)
        {
            throw new InvalidDataException($"storage '{key}' is described in two ways.");
        }
        return rest switch
        {
            [] or [null] => new PickledView(storage, 0, count),
            [PickledList { Items: [_, long begin, long length] }] => new PickledView(storage, begin, length),
            _ => throw new InvalidDataException($"storage '{key}' is described by what is no view."),
        };
    }

    private static Dictionary<string, object> MakeKnown()
    {
        var known = new Dictionary<string, object>
        {
            ["collections.OrderedDict"] = (Function)Dictionary,
            ["collections.Counter"] = (Function)Dictionary,
            ["collections.defaultdict"] = (Function)DefaultDictionary,
            ["torch._utils._rebuild_tensor"] = (Function)Tensor,
            ["torch._utils._rebuild_tensor_v2"] = (Function)Tensor,
            ["torch._utils._rebuild_parameter"] = (Function)Parameter,
            ["torch._utils._rebuild_parameter_with_state"] = (Function)Parameter,
            ["torch._tensor._rebuild_from_type_v2"] = (Function)TensorWithAttributes,
            ["torch.nn.parameter.Parameter"] = (Function)Parameter,
            ["torch.Size"] = (Function)Collection,
            ["torch.device"] = (Function)Device,
            ["builtins.set"] = (Function)Collection,
            ["__builtin__.set"] = (Function)Collection,
        };
        foreach (var type in ElementType.All)
        {
            known.Add($"torch.{type.TorchStorage}", type);
        }
        foreach (var type in (string[])["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"])
        {
            known.Add($"torch.{type}", $"torch.{type}");
        }
        return known;
    }

    /// <summary>Empty, or of a list of pairs, as Python 2 wrote it, or of a dictionary, as a Counter is.</summary>
    private static PickledDictionary Dictionary(IReadOnlyList<object?> arguments) => arguments switch
    {
        [] => new PickledDictionary(),
        [PickledDictionary dictionary] => dictionary,
        [PickledList list] when list.AsDictionary() is { } dictionary => dictionary,
        _ => throw Arguments("collections.OrderedDict or Counter"),
    };

    /// <summary>(factory): what makes the values that are missing is of no account here.</summary>
    private static PickledDictionary DefaultDictionary(IReadOnlyList<object?> arguments) => arguments.Count <= 1
        ? new PickledDictionary()
        : throw Arguments("collections.defaultdict");

    /// <summary>(storage, offset, sizes, strides, requires_grad, backward_hooks, metadata): what follows the strides is of no account here.</summary>
    private static PickledTensor Tensor(IReadOnlyList<object?> arguments) =>
        arguments is [PickledView view, long offset, PickledList sizes, PickledList strides, ..]
            ? new PickledTensor(view, offset, Numbers(sizes), Numbers(strides))
            : throw Arguments("torch._utils._rebuild_tensor_v2");

    /// <summary>(function, class, its arguments, attributes): a tensor that was given attributes. The function is one that makes tensors itself.</summary>
    private static PickledTensor TensorWithAttributes(IReadOnlyList<object?> arguments) => arguments switch
    {
        [Function function, _, PickledList list, ..] when function == (Function)Tensor => Tensor(list.Items),
        [Function function, _, PickledList list, ..] when function == (Function)Parameter => Parameter(list.Items),
        _ => throw Arguments("torch._tensor._rebuild_from_type_v2"),
    };

    /// <summary>(tensor, requires_grad, backward_hooks, attributes).</summary>
    private static PickledTensor Parameter(IReadOnlyList<object?> arguments) => arguments is [PickledTensor tensor, ..]
        ? tensor
        : throw Arguments("torch._utils._rebuild_parameter");

    private static PickledList Collection(IReadOnlyList<object?> arguments) => arguments switch
    {
        [] => new PickledList(),
        [PickledList list] => list,
        _ => throw Arguments("torch.Size or set"),
    };

    /// <summary>(kind), or (kind, index).</summary>
    private static string Device(IReadOnlyList<object?> arguments) => arguments switch
    {
        [string kind] => kind,
        [string { Length: < 32 } kind, long index] => string.Create(CultureInfo.InvariantCulture, $"{kind}:{index}"),
        _ => throw Arguments("torch.device"),
    };

    private static long[] Numbers(PickledList list) => list.Items.Count <= FormatRule.MaxDimensions && list.Items.All(item => item is long)
        ? [.. list.Items.Cast<long>()]
        : throw new InvalidDataException($"its pickle has a shape that is no list of at most {FormatRule.MaxDimensions} whole numbers.");

    private static InvalidDataException Arguments(string function) =>
        new($"its pickle gives {function} arguments that it does not take: the file is damaged. Fetch it again.");
}
