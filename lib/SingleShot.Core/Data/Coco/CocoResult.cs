using System.Globalization;
using System.Text.Json;

namespace SingleShot.Data.Coco;

/// <summary>A detection as COCO's results format has it.</summary>
/// <param name="ImageId">Id of the image in the annotation file.</param>
/// <param name="CategoryId">Id of the category there; COCO's own are not the labels of a network.</param>
/// <param name="Box">Where it is, in pixels of the original image.</param>
/// <param name="Score">How sure the detector is.</param>
public readonly record struct CocoResult(long ImageId, long CategoryId, CocoBox Box, double Score)
{
    /// <summary>Writes it as an element of a results file.</summary>
    /// <exception cref="ArgumentException">A number is not finite, which JSON cannot hold.</exception>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteNumber("image_id", ImageId);
        json.WriteNumber("category_id", CategoryId);
        json.WriteStartArray("bbox");
        json.WriteNumberValue(Box.Left);
        json.WriteNumberValue(Box.Top);
        json.WriteNumberValue(Box.Width);
        json.WriteNumberValue(Box.Height);
        json.WriteEndArray();
        json.WriteNumber("score", Score);
        json.WriteEndObject();
    }

    /// <summary>Whether the score and the box are numbers that can be compared: neither NaN nor infinite.</summary>
    internal bool IsFinite => double.IsFinite(Score) && double.IsFinite(Box.Left) && double.IsFinite(Box.Top)
        && double.IsFinite(Box.Width) && double.IsFinite(Box.Height);

    /// <summary>What cannot be compared, for errors.</summary>
    internal string Numbers => string.Create(
        CultureInfo.InvariantCulture,
        $"its score {Score} or its box ({Box.Left}, {Box.Top}, {Box.Width}, {Box.Height}) is not a number, or infinite");
}
