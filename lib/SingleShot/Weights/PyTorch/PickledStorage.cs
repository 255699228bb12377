namespace SingleShot.Weights.PyTorch;

/// <summary>A block of elements that tensors look into; kept in the file outside the pickle.</summary>
/// <param name="Key">What the file calls it.</param>
/// <param name="Type">Its elements' type.</param>
/// <param name="Count">How many elements it has.</param>
internal sealed record PickledStorage(string Key, ElementType Type, long Count);
