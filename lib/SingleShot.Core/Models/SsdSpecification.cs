using System.Text.Json;
using System.Text.Json.Serialization;
using SingleShot.Boxes;
using SingleShot.Runtime;

namespace SingleShot.Models;

/// <summary>Everything that tells one SSD model from another; the network, its default boxes and its preprocessing follow from it.</summary>
public sealed record SsdSpecification
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What to call the model.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the square input, in pixels, at least 1.</summary>
    public required int InputSize { get; init => field = Checked.AtLeast(value, 1); }

    /// <summary>Names of the classes, none of them empty, the background not among them.</summary>
    public required IReadOnlyList<string> ClassNames { get; init => field = Checked.Each(value, NotEmpty); }

    /// <summary>The network that turns the image into the first feature maps.</summary>
    public required BaseNetwork Base { get; init; }

    /// <summary>The layers after the base network, each of which gives one more feature map.</summary>
    public required IReadOnlyList<ExtraLayer> ExtraLayers { get; init; }

    /// <summary>How the extra layers and the heads convolve; plainly where nothing is said, as in files written before there was a choice.</summary>
    public ConvolutionKind Convolutions { get; init; } = ConvolutionKind.Plain;

    /// <summary>The feature maps that predict, from the finest to the coarsest.</summary>
    public required IReadOnlyList<FeatureMap> Maps { get; init; }

    /// <summary>How offsets are weighted.</summary>
    public required BoxCoder Coder { get; init; }

    /// <summary>How the scores say that there is no object.</summary>
    public required NoObject NoObject { get; init; }

    /// <summary>Mean of red, green and blue, 0 to 1, taken from each pixel.</summary>
    public required IReadOnlyList<double> Mean
    {
        get;
        init => field = Checked.Each(value, (mean, name) => Checked.Between(mean, 0, 1, name), count: 3);
    }

    /// <summary>What each of the three channels is divided by after that, above 0; 1/255 where the network wants values up to 255.</summary>
    public required IReadOnlyList<double> StandardDeviation
    {
        get;
        init => field = Checked.Each(value, (deviation, name) => Checked.Positive(deviation, name), count: 3);
    }

    /// <summary>What a detector keeps of the predictions unless told; SSD300's where nothing is said.</summary>
    public DetectionSettings Detection { get; init; } = new();

    /// <summary>Scores for each default box: one for each class, and one for the background where it is a class.</summary>
    [JsonIgnore]
    public int ScoreCount => ClassNames.Count + (NoObject == NoObject.BackgroundClass ? 1 : 0);

    /// <summary>The score of the first class: 1 where the background comes before it, else 0.</summary>
    [JsonIgnore]
    public int FirstClassScore => ScoreCount - ClassNames.Count;

    /// <summary>Default boxes over all maps.</summary>
    [JsonIgnore]
    public int BoxCount => Maps.Sum(map => map.BoxCount);

    /// <summary>Lays out the model's default boxes.</summary>
    public DefaultBoxes DefaultBoxes() => new(Maps, InputSize);

    /// <summary>The specification as JSON, as checkpoints keep it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is not a specification, or has a number out of its range; the message says which.</exception>
    public static SsdSpecification FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SsdSpecification>(json, Json) ?? throw new InvalidDataException("The specification is null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"Not a model's specification: {e.Message}", e);
        }
    }

    private static string NotEmpty(string className, string name) => string.IsNullOrEmpty(className)
        ? throw new ArgumentException($"{name} is empty: name each class.", name)
        : className;
}

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

/// <summary>The two ways for the extra layers and the heads to convolve.</summary>
public enum ConvolutionKind
{
    /// <summary>Whole convolutions with biases (the SSD paper).</summary>
    Plain,

    /// <summary>
    /// A depthwise convolution and a pointwise one with batch normalization, which is what makes an SSD an SSDLite (section 6.2 of
    /// the MobileNetV2 paper, arXiv 1801.04381): far fewer weights and multiplications.
    /// </summary>
    DepthwiseSeparable,
}

/// <summary>The two ways for scores to say that a default box holds no object.</summary>
public enum NoObject
{
    /// <summary>A class of its own, score 0 before those of the classes, in one softmax with them (the paper, torchvision).</summary>
    BackgroundClass,

    /// <summary>No such class: where nothing is, a term of the loss presses the highest confidence down until none stands out.</summary>
    LowConfidence,
}
