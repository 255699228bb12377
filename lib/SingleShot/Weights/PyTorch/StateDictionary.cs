using System.Globalization;
using System.Numerics;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;
using static TorchSharp.torch;

namespace SingleShot.Weights.PyTorch;

/// <summary>The tensors and texts in a pickle's dictionaries, each under the path that leads to it, joined by dots.</summary>
/// <remarks>
/// A container may be in itself, or in a hundred others that are in a hundred others: so what the paths come to is limited in proportion
/// to the pickle that spells their parts.
/// </remarks>
internal sealed class StateDictionary
{
    private const int MaxLevels = 32;

    // A path repeats what leads to it, which the pickle spells once; an entry takes more bytes than the common beginnings have letters.
    private const int LettersPerByte = 8;

    private readonly List<(string Name, PickledTensor Value)> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];
    private readonly HashSet<string> _names = [];
    private readonly long _maxLetters;
    private long _letters;

    private StateDictionary(long pickleBytes) => _maxLetters = LettersPerByte * (pickleBytes + 1024);

    /// <summary>Lays out what a pickle describes.</summary>
    /// <param name="root">What it describes.</param>
    /// <param name="pickleBytes">How long it is.</param>
    /// <exception cref="InvalidDataException">It is no dictionary, a name is there twice, or a tensor does not fit its storage.</exception>
    public static StateDictionary Of(object? root, long pickleBytes)
    {
        if (root is not (PickledDictionary or PickledList))
        {
            throw new InvalidDataException("it holds no dictionary of tensors. Save a model's state_dict().");
        }
        var dictionary = new StateDictionary(pickleBytes);
        dictionary.Add("", root, 0);
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
        return new NamedTensors(tensors, _metadata);
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
                    var name = Text(key) ?? throw new InvalidDataException($"'{path}' has a key that is neither text nor number.");
                    Add(Join(path, name), item, level + 1);
                }
                break;
            case PickledList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Add(Join(path, i.ToString(CultureInfo.InvariantCulture)), list.Items[i], level + 1);
                }
                break;
            case PickledTensor tensor:
                Name(path);
                tensor.Check(path);
                _tensors.Add((path, tensor));
                Require(_tensors.Count <= FormatRule.MaxTensors, $"it has more than {FormatRule.MaxTensors} tensors.");
                break;
            default:
                if (Text(value) is { } text)
                {
                    Name(path);
                    _metadata.Add(path, text);
                }
                break;
        }
    }

    private void Name(string path) => Require(_names.Add(path), $"'{path}' is there twice.");

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        long or double or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
