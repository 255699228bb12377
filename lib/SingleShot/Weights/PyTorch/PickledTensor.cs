using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;
using static TorchSharp.torch;

namespace SingleShot.Weights.PyTorch;

/// <summary>What a pickle says of a tensor: which elements of which storage.</summary>
/// <param name="View">The part of a storage that holds it.</param>
/// <param name="Offset">Its first element, from the view's first.</param>
/// <param name="Sizes">Its shape.</param>
/// <param name="Strides">How many elements further the next one along each dimension is.</param>
internal sealed record PickledTensor(PickledView View, long Offset, long[] Sizes, long[] Strides)
{
    /// <summary>Proves that the tensor lies in its storage.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public void Check(string name)
    {
        var what = $"tensor '{name}', {View.Storage.Type.Type} [{string.Join(", ", Sizes)}],";
        Require(Sizes.Length == Strides.Length, $"{what} has {Strides.Length} strides.");
        Require(Sizes.Length <= FormatRule.MaxDimensions, $"{what} has more than {FormatRule.MaxDimensions} dimensions.");
        Require(Sizes.All(size => size >= 0) && Strides.All(stride => stride >= 0), $"{what} has a negative size or stride.");
        Require(View.Storage.Type.BytesOf(Sizes) is not null, $"{what} is larger than any memory.");
        Require(
            View.Begin >= 0 && View.Count >= 0 && View.Begin <= View.Storage.Count - View.Count,
            $"{what} looks at {View.Count} elements from {View.Begin} on of storage '{View.Storage.Key}', which has {View.Storage.Count}.");
        var steps = Sizes.Zip(Strides, (size, stride) => (Int128)Math.Max(size - 1, 0) * stride);
        var last = steps.Aggregate((Int128)Offset, (sum, step) => sum + step); // within 127 bits, for the sizes' product is within 63
        Require(
            Offset >= 0 && (Sizes.Contains(0) || last < View.Count),
            $"{what} begins at element {Offset} and reaches to element {last}, but its storage '{View.Storage.Key}' has {View.Count}.");
    }

    /// <summary>Makes the tensor, which was checked, over its storage's memory.</summary>
    /// <param name="storage">All elements of the storage [Count].</param>
    public Tensor Over(Tensor storage) => Sizes.Contains(0)
        ? empty(Sizes, dtype: storage.dtype)
        : storage.as_strided(Sizes, Strides, View.Begin + Offset);
}

/// <summary>A part of a storage; the whole, but for views of storages in the older format.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Begin">Its first element in the storage.</param>
/// <param name="Count">How many elements it has.</param>
internal sealed record PickledView(PickledStorage Storage, long Begin, long Count);

/// <summary>A block of elements that tensors look into; kept in the file outside the pickle.</summary>
/// <param name="Key">What the file calls it.</param>
/// <param name="Type">Its elements' type.</param>
/// <param name="Count">How many elements it has.</param>
internal sealed record PickledStorage(string Key, ElementType Type, long Count);
