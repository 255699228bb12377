using SingleShot.Images;

namespace SingleShot.Data.Voc;

/// <summary>Reads a data set in Pascal VOC's format: an XML file for each image, and lists of images.</summary>
/// <remarks>
/// Corners are written as pixels counted from 1, the last one included; (xmin, ymin, xmax, ymax) is the box (xmin - 1, ymin - 1, xmax,
/// ymax) here. A box whose last column or row is not beyond its first is a slip of the hand, and left out, though it would be one pixel
/// wide by the letter. What cannot be used is named in <see cref="DataSet.Problems"/>; the rest is kept.
/// </remarks>
public static class VocReader
{
    /// <summary>Reads the annotations of one split, and looks whether each image is there.</summary>
    /// <param name="root">The folder that has <c>Annotations</c>, <c>ImageSets/Main</c> and <c>JPEGImages</c>: <c>VOC2007</c>.</param>
    /// <param name="split">A list in <c>ImageSets/Main</c>, without <c>.txt</c>: <c>train</c>, <c>trainval</c>, <c>test</c>.</param>
    /// <param name="classNames">
    /// The classes in the order of their labels, objects of other classes being left out; when not given, all that occur in the split,
    /// in alphabetical (ordinal) order. Give them when several splits have to agree.
    /// </param>
    /// <param name="orientation">Which way up the boxes are drawn on a turned picture whose size does not tell.</param>
    /// <returns>All images of the split that can be used, those without objects too.</returns>
    /// <exception cref="FileNotFoundException">No such split; the message lists those that exist.</exception>
    /// <exception cref="InvalidDataException">No image of the split can be used.</exception>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public static DataSet Read(
        string root, string split, IReadOnlyList<string>? classNames = null, Orientation orientation = Orientation.Shown)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentException.ThrowIfNullOrEmpty(split);
        var labels = classNames is null ? null : new ClassLabels(classNames);
        var (findings, leniencies) = (new List<Finding>(), new Leniencies());
        var annotations = Path.Combine(root, "Annotations");
        var ids = VocList.Read(root, split, findings, annotations, leniencies);
        var folder = new VocFolder(annotations, Path.Combine(root, "JPEGImages"), orientation, findings, leniencies);
        var images = ids.Select(folder.Load).OfType<VocImage>().ToArray();
        return images.Length > 0
            ? ToDataSet($"{root} ({split})", images, labels, findings, leniencies)
            : throw NoImage($"{root} gives no image of the split '{split}'", ids.Count, findings);
    }

    /// <summary>Reads every annotation file of a folder, as labeling tools leave them: without lists, often beside their pictures.</summary>
    /// <param name="annotations">The folder of the XML files.</param>
    /// <param name="images">The folder of the pictures; may be the same.</param>
    /// <param name="classNames">The classes in the order of their labels, as for <see cref="Read"/>.</param>
    /// <param name="orientation">Which way up the boxes are drawn on a turned picture whose size does not tell.</param>
    /// <returns>All images that can be used, by name. A picture without an annotation file is left out, and told.</returns>
    /// <exception cref="IOException">The folder of the annotations does not exist.</exception>
    /// <exception cref="InvalidDataException">No image can be used.</exception>
    /// <exception cref="ArgumentException">A class is named twice.</exception>
    public static DataSet ReadFolder(
        string annotations, string images, IReadOnlyList<string>? classNames = null, Orientation orientation = Orientation.Shown)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotations);
        ArgumentException.ThrowIfNullOrEmpty(images);
        var labels = classNames is null ? null : new ClassLabels(classNames);
        var (findings, leniencies) = (new List<Finding>(), new Leniencies());
        var folder = new VocFolder(annotations, images, orientation, findings, leniencies);
        var ids = VocList.OfFolder(annotations);
        var found = ids.Select(folder.Load).OfType<VocImage>().ToArray();
        if (found.Length == 0)
        {
            throw NoImage($"{annotations} gives no image", ids.Count, findings);
        }
        var (used, named) = (found.Select(image => image.Sample.ImagePath).ToHashSet(), ids.ToHashSet());
        findings.AddRange(Directory.EnumerateFiles(images).Where(PictureNames.IsPicture).Order(StringComparer.Ordinal)
            .Where(path => !used.Contains(path) && !named.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => new Finding(FindingKind.Unreadable, $"{path} has no annotation file in {annotations}; skipped")));
        return ToDataSet(annotations, found, labels, findings, leniencies);
    }

    private static InvalidDataException NoImage(string what, int listed, List<Finding> findings) =>
        new($"{what} that can be used; {listed} are listed. {string.Join(" ", findings.Take(3))}".TrimEnd());

    private static DataSet ToDataSet(string name, VocImage[] images, ClassLabels? labels, List<Finding> findings, Leniencies leniencies)
    {
        labels ??= new([.. images.SelectMany(image => image.Objects).Select(item => item.ClassName).Distinct().Order(StringComparer.Ordinal)]);
        var samples = images.Select(image => image.Sample with { Truths = Truths(image, labels, findings) }).ToArray();
        return new DataSet(name, labels.Names, samples, [.. findings, .. leniencies.Findings(name)]);
    }

    private static List<GroundTruth> Truths(VocImage image, ClassLabels labels, List<Finding> findings)
    {
        var truths = new List<GroundTruth>();
        foreach (var item in image.Objects)
        {
            if (labels.Of(item.ClassName) is { } label)
            {
                truths.Add(new GroundTruth(item.Box, label) { Difficult = item.Difficult });
            }
            else
            {
                findings.Add(new Finding(FindingKind.UnknownClass, $"{image.Path}: line {item.Line}: {ClassLabels.NotAsked(item.ClassName)}")
                {
                    ImageId = image.Sample.Id,
                    Box = item.Box,
                });
            }
        }
        return truths;
    }
}
