namespace SingleShot.Figures.Explorers.Architecture;

/// <summary>Some layers of a network that give one map.</summary>
/// <param name="Name">What to call the map, short.</param>
/// <param name="Layers">The layers in words.</param>
/// <param name="Channels">Channels of the map.</param>
/// <param name="Size">Cells along a side.</param>
/// <param name="Map">Its number among the maps that predict; null where no head looks at it.</param>
internal sealed record NetworkPart(string Name, string Layers, int Channels, int Size, int? Map = null);
