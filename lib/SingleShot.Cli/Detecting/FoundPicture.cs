using System.Text.Json;
using System.Text.Json.Serialization;
using SingleShot.Boxes;
using SingleShot.Detection;

namespace SingleShot.Cli.Detecting;

/// <summary>A picture and what was found in it.</summary>
/// <param name="Picture">Full path of the picture.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Detections">What was found, best first.</param>
internal sealed record FoundPicture(string Picture, int Width, int Height, IReadOnlyList<FoundObject> Detections)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>The objects as the library has them.</summary>
    [JsonIgnore]
    public IReadOnlyList<DetectedObject> Objects => [.. Detections.Select(found => found.ToObject())];

    /// <summary>What a detector found.</summary>
    public static FoundPicture Of(string picture, int width, int height, IReadOnlyList<DetectedObject> found) =>
        new(picture, width, height, [.. found.Select(FoundObject.Of)]);

    /// <summary>One line of JSON, numbers in full.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static FoundPicture FromLine(string line) => JsonSerializer.Deserialize<FoundPicture>(line, Format) ?? throw new JsonException("null");
}

/// <summary>A detection, as lines of JSON have it.</summary>
/// <param name="Class">Name of its class.</param>
/// <param name="Label">Index of its class, from 0.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">Left, top, right, bottom, in pixels.</param>
internal sealed record FoundObject(string Class, int Label, double Score, IReadOnlyList<double> Box)
{
    /// <summary>What a detector found.</summary>
    public static FoundObject Of(DetectedObject found) =>
        new(found.ClassName, found.Label, found.Score, [found.Box.Left, found.Box.Top, found.Box.Right, found.Box.Bottom]);

    /// <summary>The object as the library has it.</summary>
    public DetectedObject ToObject() => new(new BoundingBox(Box[0], Box[1], Box[2], Box[3]), Label, Class, Score);
}
