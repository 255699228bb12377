using SingleShot.Images;

namespace SingleShot.Data.Yolo;

/// <summary>Reads a data set in YOLO's layout: a <c>data.yaml</c>, folders of pictures, and a text file of labels for each picture.</summary>
/// <remarks>
/// <c>images/train/a.jpg</c> has its labels in <c>labels/train/a.txt</c>, a row for each object: the number of its class, and the box's
/// center, width and height as fractions of the picture's. A row may also be an outline, whose box is taken. A picture without a label file
/// has no objects. What cannot be used is named in <see cref="DataSet.Problems"/>; the rest is kept.
/// </remarks>
public static class YoloReader
{
    /// <summary>Reads the labels of one split, and the size of each of its pictures.</summary>
    /// <param name="dataFile">
    /// Path of the <c>data.yaml</c>; or of a <c>classes.txt</c> with the name of a class a line, beside <c>images/SPLIT</c> or <c>SPLIT/images</c>.
    /// </param>
    /// <param name="split">A key in it: <c>train</c>, <c>val</c>, <c>test</c>; <c>valid</c> is <c>val</c>.</param>
    /// <param name="classNames">
    /// The classes in the order of their labels, objects of other classes being left out; when not given, those of the file. Give them when
    /// several files have to agree.
    /// </param>
    /// <param name="orientation">Which way up the boxes are drawn on a turned picture.</param>
    /// <returns>All pictures of the split that can be used, those without objects too.</returns>
    /// <exception cref="InvalidDataException">The file is no YAML, or names no classes, or one twice; or no picture of the split can be used.</exception>
    /// <exception cref="DirectoryNotFoundException">The file has no such split, or what the split names is not there.</exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    /// <exception cref="ArgumentException">A class is named twice in <paramref name="classNames"/>.</exception>
    public static DataSet Read(
        string dataFile, string split, IReadOnlyList<string>? classNames = null, Orientation orientation = Orientation.Shown)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFile);
        ArgumentException.ThrowIfNullOrEmpty(split);
        var asked = classNames is null ? null : new ClassLabels(classNames);
        var (findings, leniencies) = (new List<Finding>(), new Leniencies());
        var data = YoloData.Read(dataFile, leniencies);
        var pictures = new YoloPictures(data, findings, leniencies).Of(Entries(data, split));
        var classes = asked ?? new ClassLabels(data.Names);
        var labels = new YoloLabels(data, classes, findings, leniencies);
        var headers = pictures.AsParallel().AsOrdered().Select(picture => Header(picture.Path)).ToList();
        var ids = new YoloIds(pictures);
        var samples = new List<Sample>();
        foreach (var (picture, (header, problem)) in pictures.Zip(headers))
        {
            if (header is null)
            {
                findings.Add(new Finding(FindingKind.Unreadable, $"image {ids.Of(picture)}: {problem} Skipped with its labels") { ImageId = ids.Of(picture) });
                continue;
            }
            var (width, height) = header.Value.Size(orientation);
            var sample = new Sample(ids.Of(picture), picture.Path, width, height, []) { Orientation = orientation };
            samples.Add(picture.LabelPath is { } path ? sample with { Truths = labels.Read(path, sample) } : sample);
        }
        if (samples.Count == 0)
        {
            throw new InvalidDataException(
                $"{dataFile} gives no picture of the split '{split}' that can be used; {pictures.Count} are there. {string.Join(" ", findings.Take(3))}".TrimEnd());
        }
        if (pictures.All(picture => picture.LabelPath is null))
        {
            findings.Add(new Finding(FindingKind.Unreadable, $"{dataFile}: none of the {pictures.Count} pictures of '{split}' has a label file, as labels/a.txt for images/a.jpg"));
        }
        var name = $"{dataFile} ({split})";
        return new DataSet(name, classes.Names, samples, [.. findings, .. leniencies.Findings(name)]);
    }

    private static IReadOnlyList<string> Entries(YoloData data, string split)
    {
        var known = split switch { "val" when !data.Splits.ContainsKey(split) => "valid", "valid" when !data.Splits.ContainsKey(split) => "val", _ => split };
        return data.Splits.TryGetValue(known, out var entries) && entries.Count > 0
            ? entries
            : throw new DirectoryNotFoundException(
                $"{data.Path} has no split '{split}'; splits there: {string.Join(", ", data.Splits.Where(one => one.Value.Count > 0).Select(one => one.Key))}.");
    }

    private static (ImageHeader? Header, string? Problem) Header(string path)
    {
        try
        {
            return (ImageFile.ReadHeader(path), null);
        }
        catch (ImageFileException e)
        {
            return (null, e.Message);
        }
    }
}
