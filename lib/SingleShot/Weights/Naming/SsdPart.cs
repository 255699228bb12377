namespace SingleShot.Weights.Naming;

/// <summary>The lists of layers that code bases name.</summary>
internal enum SsdPart
{
    /// <summary>VGG16 with its activations and pools, to conv7.</summary>
    Base,

    /// <summary>The scale of conv4_3's L2 norm.</summary>
    Scale,

    /// <summary>The convolutions after conv7, two for each feature map.</summary>
    Extras,

    /// <summary>The convolutions that predict offsets, one for each feature map.</summary>
    Offsets,

    /// <summary>The convolutions that predict scores, one for each feature map.</summary>
    Scores,
}
