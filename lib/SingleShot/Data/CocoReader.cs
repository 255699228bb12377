using SingleShot.Boxes;

namespace SingleShot.Data;

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
        ArgumentException.ThrowIfNullOrEmpty(annotationFile);
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        if (!File.Exists(annotationFile))
        {
            throw new FileNotFoundException($"{annotationFile} does not exist: download it, or check the path.", annotationFile);
        }
        var file = CocoFile.Load(annotationFile);
        var problems = new List<string>();
        var reading = new Reading(Path.GetFileName(annotationFile), problems);
        var categories = reading.Categories(file.Categories!);
        var images = reading.Images(file.Images!, imageFolder);
        reading.Annotations(file.Annotations!, images, categories);

        var samples = images.Values.OfType<Entry>().Select(entry => entry.ToSample()).ToArray();
        if (samples.Length == 0)
        {
            throw new InvalidDataException(
                $"{annotationFile} gives no image that can be used: {file.Images!.Count} listed, none of them in {imageFolder}. {string.Join(" ", problems.Take(3))}".TrimEnd());
        }
        var classNames = categories.Values.OrderBy(category => category.Label).Select(category => category.Name).ToArray();
        return new DataSet(annotationFile, classNames, samples, problems);
    }

    /// <summary>An image that can be used, with the objects found so far.</summary>
    private sealed record Entry(long Id, string Path, int Width, int Height, List<GroundTruth> Truths)
    {
        public Sample ToSample() => new($"{Id}", Path, Width, Height, [.. Truths]);
    }

    /// <summary>One reading of one file; what it meets on the way goes to <paramref name="problems"/>.</summary>
    private sealed class Reading(string file, List<string> problems)
    {
        public Dictionary<long, (int Label, string Name)> Categories(IReadOnlyList<CocoFile.Category> categories)
        {
            var found = new SortedDictionary<long, string>();
            foreach (var category in categories)
            {
                if (category is not { Id: long id, Name: string name })
                {
                    problems.Add($"{file}: category {category?.Id} has no id or no name; skipped");
                }
                else if (!found.TryAdd(id, name))
                {
                    problems.Add($"{file}: category {id} ({name}) comes twice; the first is kept");
                }
            }
            return found.Select((pair, label) => (pair.Key, Value: (label, pair.Value))).ToDictionary(pair => pair.Key, pair => pair.Value);
        }

        /// <summary>The images by id, in the order of the file; null for one that is left out.</summary>
        public Dictionary<long, Entry?> Images(IReadOnlyList<CocoFile.Image> images, string folder)
        {
            var found = new Dictionary<long, Entry?>(); // keeps the order of insertion as nothing is ever removed
            foreach (var image in images)
            {
                if (image is not { Id: long id, FileName.Length: > 0, Width: int width and > 0, Height: int height and > 0 })
                {
                    problems.Add($"{file}: image {image?.Id} has no id, file name, width or height; skipped");
                    if (image is { Id: long known })
                    {
                        found.TryAdd(known, null);
                    }
                    continue;
                }
                var path = Path.Combine(folder, image.FileName);
                if (!found.TryAdd(id, File.Exists(path) ? new Entry(id, path, width, height, []) : null))
                {
                    problems.Add($"{file}: image {id} ({image.FileName}) comes twice; the first is kept");
                }
                else if (found[id] is null)
                {
                    problems.Add($"{file}: image {id}: {path} does not exist; skipped with its annotations");
                }
            }
            return found;
        }

        public void Annotations(
            IReadOnlyList<CocoFile.Annotation> annotations, Dictionary<long, Entry?> images,
            Dictionary<long, (int Label, string Name)> categories)
        {
            var seen = new HashSet<long>();
            foreach (var annotation in annotations)
            {
                if (annotation is not { Id: long id, ImageId: long imageId })
                {
                    problems.Add($"{file}: annotation {annotation?.Id} of image {annotation?.ImageId}: has no id or no image id; skipped");
                    continue;
                }
                var problem = !seen.Add(id) ? "the id comes twice; skipped"
                    : !images.TryGetValue(imageId, out var entry) ? "no such image; skipped"
                    : annotation.CategoryId is not long category || !categories.TryGetValue(category, out var known)
                        ? $"no category {annotation.CategoryId}; skipped"
                    : entry is null ? null // the image's own problem has been told
                    : Add(entry, annotation, known.Label);
                if (problem is not null)
                {
                    problems.Add($"{file}: annotation {id} of image {imageId}: {problem}");
                }
            }
        }

        private static string? Add(Entry entry, CocoFile.Annotation annotation, int label)
        {
            if (annotation.Bbox is not [{ } left, { } top, { } width, { } height])
            {
                return "has no box of four numbers; skipped";
            }
            var (box, problem) = AnnotatedBox.Check(
                BoundingBox.FromSize(left, top, width, height), entry.Width, entry.Height);
            if (box is { } good)
            {
                var truth = new GroundTruth(good, label) { Crowd = annotation.Iscrowd == 1 };
                entry.Truths.Add(annotation.Area is double area and > 0 && double.IsFinite(area) ? truth with { Area = area } : truth);
            }
            return problem;
        }
    }
}
