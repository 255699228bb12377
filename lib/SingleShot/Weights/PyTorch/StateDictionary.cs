using System.Globalization;
using System.Numerics;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;
using static TorchSharp.torch;

namespace SingleShot.Weights.PyTorch;

/// <summary>The tensors and texts in a pickle's dictionaries, each under the path that leads to it, joined by dots.</summary>
/// <remarks>
/// Objects are passed over, and named: what is only in them, or only went into their making, is no weight. Those of TorchScript alone are
/// laid out by their attributes, which go by the names of the program's state_dict.
/// A container may be in itself, or in a hundred others that are in a hundred others: so what the paths come to is limited in proportion
/// to the pickle that spells their parts.
/// </remarks>
internal sealed class StateDictionary
{
    private const int MaxLevels = 32;

    // A path repeats what leads to it, which the pickle spells once; an entry takes more bytes than the common beginnings have letters.
    private const int LettersPerByte = 8;

    private const int MaxNamed = 20;
    private const string TorchScript = "__torch__";

    private readonly List<(string Name, PickledTensor Value)> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];
    private readonly HashSet<string> _names = [];
    private readonly List<string> _skipped = [];
    private readonly long _maxLetters;
    private long _letters;

    private StateDictionary(long pickleBytes) => _maxLetters = LettersPerByte * (pickleBytes + 1024);

    /// <summary>Lays out what a pickle describes.</summary>
    /// <param name="root">What it describes.</param>
    /// <param name="pickleBytes">How long it is.</param>
    /// <exception cref="InvalidDataException">
    /// It has objects and no tensors, is neither dictionary nor object, has two tensors of one name, or one that does not fit its storage.
    /// </exception>
    public static StateDictionary Of(object? root, long pickleBytes)
    {
        if (root is not (PickledDictionary or PickledList or PickledObject))
        {
            throw new InvalidDataException("it holds no dictionary of tensors. Save a model's state_dict().");
        }
        var dictionary = new StateDictionary(pickleBytes);
        dictionary.Add("", root, 0);
        Require(
            dictionary._tensors.Count > 0 || dictionary._skipped.Count == 0,
            $"it has no tensors in dictionaries or lists, for {string.Join("; ", dictionary._skipped.Take(3))}. Nothing of that is built or run here. "
            + $"Save the {(IsTorchScript(root) ? "program's" : "model's")} state_dict() alone.");
        return dictionary;
    }

    /// <summary>Reads each storage that a tensor looks into, once, straight into the memory that its tensors then share.</summary>
    /// <param name="read">Reads a storage's elements [Count].</param>
    public NamedTensors ReadTensors(Func<PickledStorage, Tensor> read)
    {
        using var scope = NewDisposeScope();
        var storages = new Dictionary<string, Tensor>();
        var tensors = new List<(string, Tensor)>(_tensors.Count);
        foreach (var (name, description) in _tensors)
        {
            var storage = description.View.Storage;
            if (!storages.TryGetValue(storage.Key, out var memory))
            {
                memory = read(storage);
                storages.Add(storage.Key, memory);
            }
            tensors.Add((name, description.Over(memory)));
        }
        return new NamedTensors(tensors, _metadata) { Skipped = _skipped };
    }

    private void Add(string path, object? value, int level)
    {
        _letters += path.Length + 1;
        Require(level <= MaxLevels && _letters <= _maxLetters, "its containers lie in one another too often: no weights are laid out so.");
        switch (value)
        {
            case PickledDictionary dictionary:
                foreach (var (key, item) in dictionary.Entries)
                {
                    if (Text(key) is { } name)
                    {
                        Add(Join(path, name), item, level + 1);
                    }
                    else
                    {
                        Skip(path, "has a key that is neither text nor number");
                    }
                }
                break;
            case PickledObject { Attributes: PickledDictionary attributes } when IsTorchScript(value):
                Add(path, attributes, level);
                break;
            case PickledObject unknown:
                Skip(path, IsTorchScript(unknown) ? $"is {unknown} of a TorchScript program" : $"is what {unknown} would make");
                break;
            case PickledList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Add(Join(path, i.ToString(CultureInfo.InvariantCulture)), list.Items[i], level + 1);
                }
                break;
            case PickledTensor tensor:
                Require(_names.Add(path), $"'{path}' is there twice.");
                tensor.Check(path);
                _tensors.Add((path, tensor));
                Require(_tensors.Count <= FormatRule.MaxTensors, $"it has more than {FormatRule.MaxTensors} tensors.");
                break;
            default:
                if (Text(value) is { } text)
                {
                    _metadata[path] = text; // the later of two wins, as in Python
                }
                break;
        }
    }

    private void Skip(string path, string why)
    {
        if (_skipped.Count < MaxNamed)
        {
            _skipped.Add($"{(path.Length == 0 ? "the whole" : $"'{path}'")} {why}");
        }
    }

    private static bool IsTorchScript(object? value) => value is PickledObject { Module: var module }
        && (module == TorchScript || module.StartsWith($"{TorchScript}.", StringComparison.Ordinal));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        long or double or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
