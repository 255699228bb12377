using System.Xml;

namespace SingleShot.Data.Voc;

/// <summary>Reads a data set in Pascal VOC's format: an XML file for each image, and lists of images.</summary>
/// <remarks>
/// Corners are written as pixels counted from 1, the last one included; (xmin, ymin, xmax, ymax) is the box (xmin - 1, ymin - 1, xmax,
/// ymax) here. A box whose last column or row is not beyond its first is a slip of the hand, and left out, though it would be one pixel
/// wide by the letter. What cannot be used is named in <see cref="DataSet.Problems"/>; the rest is kept.
/// </remarks>
public static class VocReader
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];

    /// <summary>Reads the annotations of one split, and looks whether each image is there.</summary>
    /// <param name="root">The folder that has <c>Annotations</c>, <c>ImageSets/Main</c> and <c>JPEGImages</c>: <c>VOC2007</c>.</param>
    /// <param name="split">A list in <c>ImageSets/Main</c>, without <c>.txt</c>: <c>train</c>, <c>trainval</c>, <c>test</c>.</param>
    /// <param name="classNames">
    /// The classes in the order of their labels, objects of other classes being left out; when not given, all that occur in the split,
    /// in alphabetical (ordinal) order. Give them when several splits have to agree.
    /// </param>
    /// <returns>All images of the split that can be used, those without objects too.</returns>
    /// <exception cref="FileNotFoundException">No such split; the message lists those that exist.</exception>
    /// <exception cref="InvalidDataException">No image of the split can be used.</exception>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public static DataSet Read(string root, string split, IReadOnlyList<string>? classNames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        var findings = new List<Finding>();
        if (classNames?.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw new ArgumentException($"The class '{twice}' is named twice, so it has no one label.", nameof(classNames));
        }
        var ids = Ids(root, split, findings);
        var images = ids.Select(id => Load(root, id, findings)).OfType<Found>().ToArray();
        if (images.Length == 0)
        {
            throw new InvalidDataException(
                $"{root} gives no image of the split '{split}' that can be used; {ids.Count} are listed. {string.Join(" ", findings.Take(3))}".TrimEnd());
        }
        var occurring = images.SelectMany(image => image.Annotation.Objects).Select(item => item.ClassName).Distinct();
        classNames ??= [.. occurring.Order(StringComparer.Ordinal)];
        var labels = classNames.Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label);
        var samples = images.Select(image => ToSample(image, labels, findings)).ToArray();
        return new DataSet($"{root} ({split})", classNames, samples, findings);
    }

    private static List<string> Ids(string root, string split, List<Finding> findings)
    {
        var folder = Path.Combine(root, "ImageSets", "Main");
        var list = Path.Combine(folder, $"{split}.txt");
        if (!File.Exists(list))
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : [];
            var splits = string.Join(", ", files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
            throw new FileNotFoundException(
                $"{list} does not exist; {(files.Length == 0 ? "there are no splits in that folder" : $"splits there: {splits}")}.", list);
        }
        var ids = new List<string>();
        var seen = new HashSet<string>();
        foreach (var (number, line) in File.ReadLines(list).Index())
        {
            // The lists of one class have a second column, 1 for a hit and -1 for none; the image counts all the same.
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var id, ..])
            {
                if (seen.Add(id))
                {
                    ids.Add(id);
                }
                else
                {
                    findings.Add(new Finding(FindingKind.Twice, $"{list}: line {number + 1}: image {id} comes twice; the first is kept") { ImageId = id });
                }
            }
        }
        return ids;
    }

    private static Found? Load(string root, string id, List<Finding> findings)
    {
        var path = Path.Combine(root, "Annotations", $"{id}.xml");
        try
        {
            var annotation = VocAnnotation.Load(path, id, findings);
            if (FindImage(root, id, annotation.FileName) is { } imagePath)
            {
                return new Found(annotation, imagePath);
            }
            findings.Add(new Finding(FindingKind.MissingImage, $"{path}: image {id} has no file in {Path.Combine(root, "JPEGImages")}; skipped") { ImageId = id });
        }
        catch (XmlException e)
        {
            findings.Add(new Finding(FindingKind.Unreadable, $"{path}: line {e.LineNumber}: not an annotation: {e.Message} Image {id} skipped") { ImageId = id });
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding(FindingKind.Unreadable, $"{path}: {e.Message} Image {id} skipped") { ImageId = id });
        }
        return null;
    }

    private static string? FindImage(string root, string id, string? fileName)
    {
        var folder = Path.Combine(root, "JPEGImages");
        // The list's id names the file. The name inside the annotation comes second: tools leave it without extension, or of another disk.
        string?[] names = [.. Extensions.Select(extension => id + extension), fileName];
        return names.OfType<string>().Where(name => name.Length > 0).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static Sample ToSample(Found found, Dictionary<string, int> labels, List<Finding> findings)
    {
        var (annotation, imagePath) = found;
        var truths = new List<GroundTruth>();
        foreach (var item in annotation.Objects)
        {
            if (labels.TryGetValue(item.ClassName, out var label))
            {
                truths.Add(new GroundTruth(item.Box, label) { Difficult = item.Difficult });
            }
            else
            {
                findings.Add(new Finding(FindingKind.UnknownClass, $"{annotation.Path}: line {item.Line}: class '{item.ClassName}' is none of those asked for; skipped")
                {
                    ImageId = annotation.Id,
                    Box = item.Box,
                });
            }
        }
        return new Sample(annotation.Id, imagePath, annotation.Width, annotation.Height, truths);
    }

    private sealed record Found(VocAnnotation Annotation, string ImagePath);
}
