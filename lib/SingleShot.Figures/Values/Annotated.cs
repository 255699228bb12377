using SingleShot.Data;
using SingleShot.Figures.Drawing;
using SingleShot.Images;

namespace SingleShot.Figures.Values;

/// <summary>A picture with the objects that somebody marked in it.</summary>
internal static class Annotated
{
    /// <summary>Draws a picture of a data set, or says why its file cannot be read.</summary>
    /// <param name="sample">The picture and its objects.</param>
    /// <param name="classNames">Names by label; the labels' numbers where left out.</param>
    public static Figure Draw(Sample sample, IReadOnlyList<string>? classNames = null)
    {
        var name = Path.GetFileName(sample.ImagePath);
        try
        {
            return Draw(sample.ReadImage(), sample.Truths, classNames, name);
        }
        catch (ImageFileException e)
        {
            return Words($"{name}: {e.Message}");
        }
    }

    /// <summary>Draws a picture in memory.</summary>
    public static Figure Draw(RgbImage image, IReadOnlyList<GroundTruth> truths, IReadOnlyList<string>? classNames = null, string? name = null)
    {
        var boxes = truths.Select(truth => (truth, Class: classNames is null ? $"class {truth.Label}" : classNames[truth.Label]))
            .Select(one => new BoxOnImage(one.truth.Box, one.Class, one.truth.Label) { Label = one.Class });
        return Pictures.Boxes(image, [.. boxes], $"{(name is null ? "" : $"{name}, ")}{image.Width} x {image.Height} pixels, {Count(truths.Count, "object")}");
    }

    /// <summary>A figure that is a line of text.</summary>
    public static Figure Words(string text) => new(text, width => $"<figure style=\"margin:8px 0\">{Html.Caption(text, width)}</figure>");

    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string noun, string? plural = null) => count == 1 ? $"1 {noun}" : $"{count} {plural ?? $"{noun}s"}";
}
