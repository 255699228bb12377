namespace SingleShot.Weights.Pickle;

/// <summary>A list, tuple or set of a pickle.</summary>
/// <remarks>Its items are null, bool, long, BigInteger, double, string, byte[], containers, or what a global made.</remarks>
internal sealed class PickledList
{
    /// <summary>The items in order.</summary>
    public List<object?> Items { get; init; } = [];
}
