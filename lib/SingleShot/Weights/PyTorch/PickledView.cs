namespace SingleShot.Weights.PyTorch;

/// <summary>A part of a storage; the whole, but for views of storages in the older format.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Begin">Its first element in the storage.</param>
/// <param name="Count">How many elements it has.</param>
internal sealed record PickledView(PickledStorage Storage, long Begin, long Count);
