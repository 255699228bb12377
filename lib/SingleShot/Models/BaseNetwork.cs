namespace SingleShot.Models;

/// <summary>The networks that an SSD can stand on.</summary>
public enum BaseNetwork
{
    /// <summary>VGG16 to conv5_3 with conv6 and conv7 in place of its classifier; gives conv4_3, L2-scaled, and conv7.</summary>
    Vgg16,

    /// <summary>Five small convolutions with batch normalization, for a CPU; gives maps at strides 8 and 16.</summary>
    Small,

    /// <summary>
    /// MobileNetV3-Large (arXiv 1905.02244) with the last blocks halved; gives the expansion of its block C4 and its last layer, at
    /// strides 16 and 32.
    /// </summary>
    MobileNetV3Large,
}
