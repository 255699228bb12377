
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
    /// <returns>All images that are there, those without objects too. Boxes that reach out of their image are clipped.</returns>
    /// <exception cref="InvalidDataException">Not a COCO file (the message has path and line), or no image of it can be used.</exception>
    /// <exception cref="IOException">The annotation file is missing or cannot be opened.</exception>
    public static DataSet Read(string annotationFile, string imageFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        var annotations = CocoAnnotations.Read(annotationFile);
        var file = Path.GetFileName(annotationFile);
        var findings = new List<Finding>(annotations.Findings);
        var truths = new List<GroundTruth>?[annotations.Images.Count]; // null for an image that is not there
        for (var i = 0; i < truths.Length; i++)
        {
            var path = Path.Combine(imageFolder, annotations.Images[i].FileName);
            if (File.Exists(path))
            {
                truths[i] = [];
            }
            else
            {
                findings.Add(new Finding(FindingKind.MissingImage, $"{file}: image {annotations.Images[i].Id}: {path} does not exist; skipped with its annotations")
                {
                    ImageId = $"{annotations.Images[i].Id}",
                });
            }
        }
        foreach (var item in annotations.Objects)
        {
            var image = annotations.Images[item.Image];
            if (truths[item.Image] is not { } found)
            {
                continue; // the image's own problem has been told
            }
            var (box, problem, kind) = AnnotatedBox.Check(item.Box.Corners, image.Width, image.Height);
            if (box is { } good)
            {
                found.Add(new GroundTruth(good, item.Label) { Crowd = item.Crowd, Area = item.Area });
            }
            if (problem is not null)
            {
                findings.Add(new Finding(kind, $"{file}: annotation {item.Id} of image {image.Id}: {problem}") { ImageId = $"{image.Id}", Box = item.Box.Corners });
            }
        }
        var samples = truths.Index().Where(pair => pair.Item is not null).Select(pair => ToSample(annotations.Images[pair.Index], imageFolder, pair.Item!)).ToArray();
        if (samples.Length == 0)
        {
            throw new InvalidDataException(
                $"{annotationFile} gives no image that can be used: {annotations.Images.Count} listed, none of them in {imageFolder}. "
                + string.Join(" ", findings.Take(3)));
        }
        return new DataSet(annotationFile, [.. annotations.Categories.Select(category => category.Name)], samples, findings);
    }

    private static Sample ToSample(CocoImage image, string folder, List<GroundTruth> truths) =>
        new($"{image.Id}", Path.Combine(folder, image.FileName), image.Width, image.Height, [.. truths]);
}
