using System.Text;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
namespace SingleShot.Weights.PyTorch;

/// <summary>The few names that a pickle of weights needs: ordered dictionaries, storages, and the functions that put tensors over storages.</summary>
/// <remarks>None of them does anything but describe: a tensor here is its description, and the bytes come later. Any other name is refused.</remarks>
internal sealed class TorchPickleResolver : IPickleResolver
{
    private static readonly Dictionary<string, object> Known = MakeKnown();

    private readonly Dictionary<string, PickledStorage> _storages = [];

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, PickledStorage> Storages => _storages;

    private delegate object? Function(IReadOnlyList<object?> arguments);

    /// <inheritdoc/>
    public object Global(string module, string name) => Known.GetValueOrDefault($"{module}.{name}") ?? throw new InvalidDataException(
        $"its pickle asks for {Shown(module)}.{Shown(name)}, which weights do not need; nothing was run. Save the model's state_dict() alone"
        + (module.StartsWith("__torch__", StringComparison.Ordinal) ? ": this is a TorchScript archive, a program." : "."));

    /// <inheritdoc/>
    public object? Call(object? callee, IReadOnlyList<object?> arguments) => callee is Function function
        ? function(arguments)
        : throw new InvalidDataException("its pickle calls what is no function: the file is damaged. Fetch it again.");

    /// <inheritdoc/>
    public object Persistent(object? id)
    {
        if (id is not PickledList { Items: ["storage", ElementType type, string key, _, long count, .. var rest] } || count < 0)
        {
            throw new InvalidDataException("its pickle refers to something outside it that is no storage of a known type.");
        }
        var storage = new PickledStorage(key, type, count);
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
            ["collections.OrderedDict"] = (Function)OrderedDictionary,
            ["torch._utils._rebuild_tensor"] = (Function)Tensor,
            ["torch._utils._rebuild_tensor_v2"] = (Function)Tensor,
            ["torch._utils._rebuild_parameter"] = (Function)Parameter,
            ["torch.nn.parameter.Parameter"] = (Function)Parameter,
            ["torch.Size"] = (Function)Collection,
            ["torch.device"] = (Function)(arguments => string.Join(':', arguments)),
            ["builtins.set"] = (Function)Collection,
            ["__builtin__.set"] = (Function)Collection,
            ["_codecs.encode"] = (Function)Encode,
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

    private static object OrderedDictionary(IReadOnlyList<object?> arguments)
    {
        var dictionary = new PickledDictionary();
        switch (arguments)
        {
            case []:
                return dictionary;
            case [PickledList list] when list.Items.All(item => item is PickledList { Items.Count: 2 }): // as Python 2 wrote them
                dictionary.Entries.AddRange(list.Items.Cast<PickledList>().Select(pair => (pair.Items[0], pair.Items[1])));
                return dictionary;
            default:
                throw Arguments("collections.OrderedDict");
        }
    }

    /// <summary>(storage, offset, sizes, strides, requires_grad, backward_hooks, metadata): what follows the strides is of no account here.</summary>
    private static PickledTensor Tensor(IReadOnlyList<object?> arguments) =>
        arguments is [PickledView view, long offset, PickledList sizes, PickledList strides, ..]
            ? new PickledTensor(view, offset, Numbers(sizes), Numbers(strides))
            : throw Arguments("torch._utils._rebuild_tensor_v2");

    /// <summary>(tensor, requires_grad, backward_hooks).</summary>
    private static PickledTensor Parameter(IReadOnlyList<object?> arguments) => arguments is [PickledTensor tensor, ..]
        ? tensor
        : throw Arguments("torch._utils._rebuild_parameter");

    private static PickledList Collection(IReadOnlyList<object?> arguments) => arguments switch
    {
        [] => new PickledList(),
        [PickledList list] => list,
        _ => throw Arguments("torch.Size or set"),
    };

    /// <summary>How protocols before 3 write bytes: as the text that gives them.</summary>
    private static byte[] Encode(IReadOnlyList<object?> arguments) => arguments is [string text, "latin1"]
        ? Encoding.Latin1.GetBytes(text)
        : throw Arguments("_codecs.encode");

    private static long[] Numbers(PickledList list) => list.Items.Count <= FormatRule.MaxDimensions && list.Items.All(item => item is long)
        ? [.. list.Items.Cast<long>()]
        : throw new InvalidDataException($"its pickle has a shape that is no list of at most {FormatRule.MaxDimensions} whole numbers.");

    private static InvalidDataException Arguments(string function) =>
        new($"its pickle gives {function} arguments that it does not take: the file is damaged. Fetch it again.");

    private static string Shown(string name) => name.Length <= 100 ? name : name[..100] + "...";
}
