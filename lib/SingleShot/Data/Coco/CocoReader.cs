using SingleShot.Images;

namespace SingleShot.Data.Coco;

/// <summary>Reads a data set in COCO's format: one JSON file of annotations, one folder of images.</summary>
/// <remarks>
/// Labels count the categories in the order of their ids, from 0, so that COCO's 80 categories, whose ids run to 90, become 0 to 79.
/// A record that cannot be used is left out and named in <see cref="DataSet.Problems"/>; the rest is kept.
/// </remarks>
public static class CocoReader
{
    /// <summary>Reads the annotations, and looks whether each image is there; images are opened later, as they are needed.</summary>
    /// <param name="annotationFile">Path of an instances file, for instance <c>annotations/instances_val2017.json</c>.</param>
    /// <param name="imageFolder">The folder that the file's image names are relative to.</param>
    /// <param name="classNames">
    /// The classes in the order of their labels, objects of other classes being left out; when not given, the file's categories in the
    /// order of their ids. Give them when several files have to agree.
    /// </param>
    /// <param name="orientation">Which way up the boxes are drawn on a turned picture whose size does not tell.</param>
    /// <returns>All images that are there, those without objects too. Boxes that reach out of their image are clipped.</returns>
    /// <exception cref="InvalidDataException">
    /// Not a COCO file (the message has path and line), no image of it can be used, or two of its categories have one name.
    /// </exception>
    /// <exception cref="IOException">The annotation file is missing or cannot be opened.</exception>
    /// <exception cref="ArgumentException">A class is named twice in <paramref name="classNames"/>.</exception>
    public static DataSet Read(
        string annotationFile, string imageFolder, IReadOnlyList<string>? classNames = null, Orientation orientation = Orientation.Shown)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        var asked = classNames is null ? null : new ClassLabels(classNames);
        var annotations = CocoAnnotations.Read(annotationFile);
        var file = Path.GetFileName(annotationFile);
        var findings = new List<Finding>(annotations.Findings);
        var classes = CocoLabels.Of(annotations, asked, findings);
        var pictures = new CocoPictures(file, imageFolder, orientation, findings);
        var samples = pictures.Find(annotations.Images);
        if (!samples.Any(sample => sample is not null))
        {
            throw new InvalidDataException(
                $"{annotationFile} gives no image that can be used: {annotations.Listed} listed, none of them can be used with {imageFolder}. "
                + string.Join(" ", findings.Take(3)));
        }
        AddObjects(samples, annotations, classes, file, findings);
        return new DataSet(annotationFile, classes.Names, [.. samples.OfType<Sample>()], [.. findings, .. pictures.Leniencies]);
    }

    private static void AddObjects(Sample?[] samples, CocoAnnotations annotations, CocoLabels classes, string file, List<Finding> findings)
    {
        var truths = new List<GroundTruth>?[samples.Length];
        foreach (var item in annotations.Objects)
        {
            if (samples[item.Image] is not { } sample)
            {
                continue; // the image's own problem has been told
            }
            var label = classes.Of(item.Label);
            var (box, problem, kind) = label is null
                ? new AnnotatedBox(null, ClassLabels.NotAsked(annotations.Categories[item.Label].Name), FindingKind.UnknownClass)
                : AnnotatedBox.Check(item.Box.Corners, sample.Width, sample.Height);
            if (box is { } good)
            {
                (truths[item.Image] ??= []).Add(new GroundTruth(good, label!.Value) { Crowd = item.Crowd, Area = item.Area });
            }
            if (problem is not null)
            {
                findings.Add(new Finding(kind, $"{file}: annotation {item.Id} of image {sample.Id}: {problem}") { ImageId = sample.Id, Box = item.Box.Corners });
            }
        }
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = truths[i] is { } found ? samples[i]! with { Truths = [.. found] } : samples[i];
        }
    }
}
