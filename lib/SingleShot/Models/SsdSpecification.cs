using System.Text.Json;
using System.Text.Json.Serialization;
using SingleShot.Boxes;

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

    /// <summary>Side of the square input, in pixels.</summary>
    public required int InputSize { get; init; }

    /// <summary>Names of the classes, the background not among them.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

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
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>What each channel is divided by after that; 1/255 where the network wants values up to 255.</summary>
    public required IReadOnlyList<double> StandardDeviation { get; init; }

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
    /// <exception cref="InvalidDataException">The text is not a specification.</exception>
    public static SsdSpecification FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SsdSpecification>(json, Json) ?? throw new InvalidDataException("The specification is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Not a model's specification: {e.Message}", e);
        }
    }
}
