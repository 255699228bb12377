namespace SingleShot.Winograd;

/// <summary>What Winograd's convolution F(4 x 4, 3 x 3) computes at once: 4 x 4 cells of a channel.</summary>
internal static class Tile
{
    /// <summary>Cells of a side that come out.</summary>
    public const int Side = 4;

    /// <summary>Cells of a side that go in, and values of a side in between.</summary>
    public const int Size = Side + 3 - 1;

    /// <summary>Values of a tile in between: as many products for each pair of channels, where 144 are usual.</summary>
    public const int Values = Size * Size;

    /// <summary>Weights of a kernel of 3 x 3.</summary>
    public const int Taps = 9;
}

/// <summary>The shape of a convolution's weights, [outputs, inputs, 3, 3].</summary>
internal readonly record struct WeightShape(int Outputs, int Inputs);
