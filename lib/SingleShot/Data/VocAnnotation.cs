using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SingleShot.Boxes;

namespace SingleShot.Data;

/// <summary>One annotation file of Pascal VOC's: an image and the objects in it whose boxes can be used.</summary>
internal sealed record VocAnnotation(
    string Path, string Id, string? FileName, int Width, int Height, IReadOnlyList<VocAnnotation.Item> Objects)
{
    /// <summary>An object, and the line that it begins on.</summary>
    internal sealed record Item(string ClassName, BoundingBox Box, bool Difficult, int Line);

    /// <summary>Reads the file; objects that cannot be used go to <paramref name="problems"/>.</summary>
    /// <exception cref="XmlException">Not XML.</exception>
    /// <exception cref="InvalidDataException">No size.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static VocAnnotation Load(string path, string id, List<string> problems)
    {
        using var file = File.OpenRead(path); // from a path, XmlReader makes an address, in which a % means something else
        using var reader = XmlReader.Create(file);
        var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        var size = root.Element("size");
        if (!(Number(size, "width") is double width and >= 1 and <= int.MaxValue
            && Number(size, "height") is double height and >= 1 and <= int.MaxValue))
        {
            throw new InvalidDataException($"line {Line(size ?? root)}: has no size of the image.");
        }
        var objects = new List<Item>();
        foreach (var (index, element) in root.Elements("object").Index())
        {
            var (item, problem) = Read(element, (int)width, (int)height);
            if (item is not null)
            {
                objects.Add(item);
            }
            if (problem is not null)
            {
                problems.Add($"{path}: line {Line(element)}: object {index + 1} of image {id}: {problem}");
            }
        }
        return new VocAnnotation(path, id, root.Element("filename")?.Value.Trim(), (int)width, (int)height, objects);
    }

    private static (Item? Item, string? Problem) Read(XElement element, int width, int height)
    {
        var name = element.Element("name")?.Value.Trim();
        if (string.IsNullOrEmpty(name))
        {
            return (null, "has no class name; skipped");
        }
        var corners = element.Element("bndbox");
        if (!(Number(corners, "xmin") is { } left && Number(corners, "ymin") is { } top
            && Number(corners, "xmax") is { } right && Number(corners, "ymax") is { } bottom))
        {
            return (null, "has no box of four numbers; skipped");
        }
        if (!(right > left && bottom > top))
        {
            var written = string.Create(CultureInfo.InvariantCulture, $"box ({left}, {top}, {right}, {bottom})");
            return (null, $"{written} has no width or no height; skipped");
        }
        var (box, problem) = AnnotatedBox.Check(new BoundingBox(left - 1, top - 1, right, bottom), width, height);
        return (box is { } good ? new Item(name, good, Number(element, "difficult") is > 0, Line(element)) : null, problem);
    }

    // Some of VOC2011's coordinates have decimals.
    private static double? Number(XElement? parent, string name) =>
        double.TryParse(parent?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
