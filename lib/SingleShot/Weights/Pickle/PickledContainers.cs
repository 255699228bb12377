namespace SingleShot.Weights.Pickle;

/// <summary>A dictionary of a pickle, as the list of its entries: nothing is hashed, so that no choice of keys makes it slow.</summary>
internal sealed class PickledDictionary
{
    /// <summary>The entries in order.</summary>
    public List<(object? Key, object? Value)> Entries { get; init; } = [];

    /// <summary>The value of the first entry with this text for a key; null where there is none.</summary>
    public object? Find(string key) => Entries.FirstOrDefault(entry => entry.Key is string text && text == key).Value;
}

/// <summary>A list, tuple or set of a pickle.</summary>
/// <remarks>Its items are null, bool, long, BigInteger, double, string, byte[], containers, or what a global made.</remarks>
internal sealed class PickledList
{
    private PickledDictionary? _dictionary;

    /// <summary>The items in order.</summary>
    public List<object?> Items { get; init; } = [];

    /// <summary>The dictionary of a list of pairs; null where it is no such list. The same each time: a pickle may ask a million times.</summary>
    public PickledDictionary? AsDictionary() => _dictionary ??= Items.All(item => item is PickledList { Items.Count: 2 })
        ? new PickledDictionary { Entries = Items.ConvertAll(item => (((PickledList)item!).Items[0], ((PickledList)item).Items[1])) }
        : null;
}
