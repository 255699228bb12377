using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SingleShot.Boxes;

namespace SingleShot.Data.Voc;

/// <summary>One annotation file of Pascal VOC's: an image and the objects in it whose boxes can be used.</summary>
internal sealed record VocAnnotation(
    string Path, string Id, string? FileName, int Width, int Height, IReadOnlyList<VocAnnotation.Item> Objects)
{
    /// <summary>An object, and the line that it begins on.</summary>
    internal sealed record Item(string ClassName, BoundingBox Box, bool Difficult, int Line);

    /// <summary>Reads the file; objects that cannot be used go to <paramref name="findings"/>.</summary>
    /// <exception cref="XmlException">Not XML.</exception>
    /// <exception cref="InvalidDataException">No size.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static VocAnnotation Load(string path, string id, List<Finding> findings)
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
            void Note(FindingKind kind, BoundingBox? box, string problem) => findings.Add(
                new Finding(kind, $"{path}: line {Line(element)}: object {index + 1} of image {id}: {problem}") { ImageId = id, Box = box });
            if (Read(element, (int)width, (int)height, Note) is { } item)
            {
                objects.Add(item);
            }
        }
        return new VocAnnotation(path, id, root.Element("filename")?.Value.Trim(), (int)width, (int)height, objects);
    }

    private static Item? Read(XElement element, int width, int height, Action<FindingKind, BoundingBox?, string> note)
    {
        var name = element.Element("name")?.Value.Trim();
        if (string.IsNullOrEmpty(name))
        {
            note(FindingKind.Unreadable, null, "has no class name; skipped");
            return null;
        }
        var four = element.Element("bndbox");
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
        return box is { } good ? new Item(name, good, Number(element, "difficult") is > 0, Line(element)) : null;
    }

    // Some of VOC2011's coordinates have decimals.
    private static double? Number(XElement? parent, string name) =>
        double.TryParse(parent?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;
}
