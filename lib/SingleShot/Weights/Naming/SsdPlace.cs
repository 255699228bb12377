using System.Globalization;

namespace SingleShot.Weights.Naming;

/// <summary>Where a tensor of an SSD on VGG16 belongs, apart from what anyone calls it.</summary>
/// <param name="Part">Its list of layers.</param>
/// <param name="Index">The layer's number there, from 0.</param>
/// <param name="Parameter"><c>weight</c> or <c>bias</c>.</param>
internal sealed record SsdPlace(SsdPart Part, int Index, string Parameter)
{
    /// <summary>The number of conv5_3 in VGG16: thirteen convolutions to there, an activation after each and four pools between.</summary>
    public const int Conv53 = 28;

    // torchvision parts the list of VGG16 in three: before pool4, from pool4 on, and from pool5 on.
    private const int Pool4 = 23;
    private const int Pool5 = 30;

    /// <summary>The place of a tensor by its name in torchvision's SSD; null for a name of no such place.</summary>
    public static SsdPlace? Of(string name) => name.Split('.') switch
    {
        ["backbone", "scale_weight"] => new(SsdPart.Scale, 0, ""),
        ["backbone", "features", var layer, var parameter] => Numbered(SsdPart.Base, layer, parameter),
        ["backbone", "extra", "0", "7", var layer, var parameter] => Numbered(SsdPart.Base, layer, parameter, from: Pool5),
        ["backbone", "extra", "0", var layer, var parameter] => Numbered(SsdPart.Base, layer, parameter, from: Pool4),
        // Each later entry is a convolution, an activation, a convolution and an activation; the lists of others hold convolutions alone.
        ["backbone", "extra", var map, var layer and ("0" or "2"), var parameter] when Number(map) is { } number and > 0 =>
            new(SsdPart.Extras, 2 * (number - 1) + Number(layer)!.Value / 2, parameter),
        ["head", "classification_head", "module_list", var map, var parameter] => Numbered(SsdPart.Scores, map, parameter),
        ["head", "regression_head", "module_list", var map, var parameter] => Numbered(SsdPart.Offsets, map, parameter),
        _ => null,
    };

    private static SsdPlace? Numbered(SsdPart part, string number, string parameter, int from = 0) =>
        Number(number) is { } index ? new SsdPlace(part, from + index, parameter) : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

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
