namespace SingleShot.Weights.Pickle;

/// <summary>A dictionary of a pickle, as the list of its entries: nothing is hashed, so that no choice of keys makes it slow.</summary>
internal sealed class PickledDictionary
{
    /// <summary>The entries in order.</summary>
    public List<(object? Key, object? Value)> Entries { get; } = [];

    /// <summary>The value of the first entry with this text for a key; null where there is none.</summary>
    public object? Find(string key) => Entries.FirstOrDefault(entry => entry.Key is string text && text == key).Value;
}

/// <summary>A list, tuple or set of a pickle.</summary>
/// <remarks>Its items are null, bool, long, BigInteger, double, string, byte[], containers, or what a global made.</remarks>
internal sealed class PickledList
{
    /// <summary>The items in order.</summary>
    public List<object?> Items { get; init; } = [];
}
