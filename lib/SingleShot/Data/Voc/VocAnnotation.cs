using System.Globalization;
using System.Xml.Linq;
using SingleShot.Boxes;

namespace SingleShot.Data.Voc;

/// <summary>One annotation file of Pascal VOC's.</summary>
internal sealed class VocAnnotation(string path, string id, XElement root, Leniencies leniencies)
{
    /// <summary>An object whose box can be used, and the line that it begins on.</summary>
    internal sealed record Item(string ClassName, BoundingBox Box, bool Difficult, int Line);

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>The image's id.</summary>
    public string Id => id;

    /// <summary>The name of the picture; null where it does not say.</summary>
    public string? FileName => root.Child("filename")?.Value.Trim() is { Length: > 0 } name ? name : null;

    /// <summary>The size of the image; null where it does not say, or says 0.</summary>
    public (int Width, int Height)? Size => root.Child("size") is var size
        && Number(size, "width") is double width and >= 1 and <= int.MaxValue
        && Number(size, "height") is double height and >= 1 and <= int.MaxValue ? ((int)width, (int)height) : null;

    /// <summary>The objects that can be used in an image of this size; what is wrong with others becomes a finding.</summary>
    public List<Item> Objects(int width, int height, List<Finding> findings)
    {
        var objects = new List<Item>();
        foreach (var (index, element) in root.Elements().Where(element => element.Name.LocalName == "object").Index())
        {
            void Note(FindingKind kind, BoundingBox? box, string problem) => findings.Add(
                new Finding(kind, $"{path}: line {element.Line()}: object {index + 1} of image {id}: {problem}") { ImageId = id, Box = box });
            if (Read(element, width, height, Note) is { } item)
            {
                objects.Add(item);
            }
        }
        return objects;
    }

    private Item? Read(XElement element, int width, int height, Action<FindingKind, BoundingBox?, string> note)
    {
        var name = element.Child("name")?.Value.Trim();
        if (string.IsNullOrEmpty(name))
        {
            note(FindingKind.Unreadable, null, "has no class name; skipped");
            return null;
        }
        var four = element.Child("bndbox");
        if (!(Number(four, "xmin") is { } left && Number(four, "ymin") is { } top
            && Number(four, "xmax") is { } right && Number(four, "ymax") is { } bottom))
        {
            note(FindingKind.Unreadable, null, "has no box of four numbers; skipped");
            return null;
        }
        var corners = new BoundingBox(left - 1, top - 1, right, bottom);
        if (!(right > left && bottom > top))
        {
            var written = string.Create(CultureInfo.InvariantCulture, $"box ({left}, {top}, {right}, {bottom})");
            note(FindingKind.Degenerate, corners, $"{written} has no width or no height; skipped");
            return null;
        }
        var (box, problem, kind) = AnnotatedBox.Check(corners, width, height);
        if (problem is not null)
        {
            note(kind, corners, problem);
        }
        return box is { } good ? new Item(name, good, Number(element, "difficult") is > 0, element.Line()) : null;
    }

    // Some of VOC2011's coordinates have decimals; where a decimal comma is the custom, some tools write that.
    private double? Number(XElement? parent, string name)
    {
        var text = parent.Child(name)?.Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }
        if (!double.TryParse(text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return null;
        }
        leniencies.Note("a number has a decimal comma", $"'{text}' in {path}");
        return value;
    }
}
