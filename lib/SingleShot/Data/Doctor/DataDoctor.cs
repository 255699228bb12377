using System.Globalization;
using SingleShot.Images;

namespace SingleShot.Data.Doctor;

/// <summary>Examines a data set before it is trained on: what the reader left out or clipped, and what only a second look finds.</summary>
public static class DataDoctor
{
    /// <summary>A side that short has no extent to learn: what is left of a slip of the hand, or of an object cut off by the edge.</summary>
    private const double ShortestSide = 2;

    /// <summary>Overlap from which two labels of one class are taken for one object.</summary>
    private const double SameObject = 0.95;

    /// <summary>Examines a data set, as its reader gave it.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="openImages">
    /// False to believe what the annotations say of the images. True to decode each of them: minutes for a hundred thousand photographs.
    /// </param>
    /// <returns>All that was found, in the order of <see cref="FindingKind"/>.</returns>
    public static DataReport Examine(DataSet data, bool openImages = true)
    {
        ArgumentNullException.ThrowIfNull(data);
        var findings = new List<Finding>(data.Findings);
        if (openImages)
        {
            findings.AddRange(data.Samples.AsParallel().AsOrdered().SelectMany(Picture));
            findings.AddRange(SamePictures(data.Samples));
        }
        foreach (var sample in data.Samples)
        {
            findings.AddRange(Objects(sample, data.ClassNames));
        }
        var objects = new int[data.ClassNames.Count];
        foreach (var truth in data.Samples.SelectMany(sample => sample.Truths).Where(truth => (uint)truth.Label < objects.Length))
        {
            objects[truth.Label]++;
        }
        findings.AddRange(data.ClassNames.Index().Where(pair => objects[pair.Index] == 0)
            .Select(pair => new Finding(FindingKind.UnusedClass, $"{data.Name}: class '{pair.Item}' has no object")));
        return new DataReport(data, objects, [.. findings.OrderBy(finding => finding.Kind)]); // a stable sort
    }

    private static List<Finding> Picture(Sample sample)
    {
        var findings = new List<Finding>();
        try
        {
            var header = ImageFile.ReadHeader(sample.ImagePath);
            if (header.Turn != CameraTurn.None)
            {
                var taken = header.Fitting(sample.Width, sample.Height, sample.Orientation);
                findings.Add(About(sample, FindingKind.Turned, $"has a camera's note, {header.Turn}; taken as {taken}"));
            }
            if (header.Frames > 1)
            {
                findings.Add(About(sample, FindingKind.Leniency, $"holds {header.Frames} pictures; the first is read"));
            }
            var image = sample.ReadImage();
            if (image.Width != sample.Width || image.Height != sample.Height)
            {
                findings.Add(About(sample, FindingKind.WrongSize, $"is {image.Width} x {image.Height}, but its annotations are for {sample.Width} x {sample.Height}"));
            }
        }
        catch (ImageFileException e)
        {
            findings.Add(new Finding(FindingKind.Unreadable, $"image {sample.Id}: {e.Message}") { ImageId = sample.Id });
        }
        return findings;
    }

    private static IEnumerable<Finding> SamePictures(IReadOnlyList<Sample> samples) =>
        samples.GroupBy(sample => sample.ImagePath).SelectMany(same => same.Skip(1).Select(
            sample => About(sample, FindingKind.Twice, $"is the picture of image {same.First().Id} too")));

    private static IEnumerable<Finding> Objects(Sample sample, IReadOnlyList<string> classNames)
    {
        if (sample.Truths.Count == 0)
        {
            yield return About(sample, FindingKind.Empty, "has no objects");
        }
        foreach (var (index, truth) in sample.Truths.Index())
        {
            var box = truth.Box;
            if ((uint)truth.Label >= classNames.Count)
            {
                yield return Labeled(FindingKind.UnknownClass, $"has the label {truth.Label}, and the classes count from 0 to {classNames.Count - 1}");
            }
            if (Math.Min(box.Width, box.Height) < ShortestSide)
            {
                yield return Labeled(FindingKind.Sliver, string.Create(CultureInfo.InvariantCulture, $"is {box.Width:0.##} x {box.Height:0.##} pixels"));
            }
            var other = sample.Truths.Take(index).ToList().FindIndex(
                one => one.Label == truth.Label && one.Crowd == truth.Crowd && one.Box.Overlap(box) >= SameObject);
            if (other >= 0)
            {
                yield return Labeled(FindingKind.Twice, $"is where object {other + 1} is, and of the same class");
            }

            Finding Labeled(FindingKind kind, string problem) => About(sample, kind, $"object {index + 1} {problem}") with { Box = box };
        }
    }

    private static Finding About(Sample sample, FindingKind kind, string problem) =>
        new(kind, $"image {sample.Id} ({sample.ImagePath}): {problem}") { ImageId = sample.Id };
}
