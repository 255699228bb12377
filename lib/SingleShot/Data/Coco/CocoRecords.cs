using System.Text.Json;
using SingleShot.Data.Coco.Json;

namespace SingleShot.Data.Coco;

/// <summary>The records of one COCO file, in any order as they stand there, before it is known what belongs to what.</summary>
internal sealed class CocoRecords
{
    private readonly string _path;
    private readonly string _file;
    private readonly List<Finding> _findings = [];
    private readonly SortedDictionary<long, CocoCategory> _categories = [];
    private readonly List<CocoImage> _images = [];
    private readonly Dictionary<long, int> _imageIndices = []; // -1 for an image that is left out
    private readonly List<Annotation> _annotations = [];
    private int _annotationCount;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Not JSON, or not of COCO's structure.</exception>
    public CocoRecords(string path)
    {
        (_path, _file) = (path, Path.GetFileName(path));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var json = new JsonFileReader(path, stream);
        json.Read();
        if (json.Kind != JsonTokenType.StartObject)
        {
            throw json.Error($"not a COCO annotation file: {json.Shown()} in the place of an object with images, annotations and categories.");
        }
        var (images, annotations, categories) = (false, false, false);
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (json.IsProperty("images"u8))
            {
                images = true;
                ReadList(ref json, "images", ReadImage);
            }
            else if (json.IsProperty("annotations"u8))
            {
                annotations = true;
                ReadList(ref json, "annotations", ReadAnnotation);
            }
            else if (json.IsProperty("categories"u8))
            {
                categories = true;
                ReadList(ref json, "categories", ReadCategory);
            }
            else
            {
                json.Skip();
            }
        }
        while (json.Read())
        {
            // What follows the object is an error that the reader finds.
        }
        if (!(images && annotations && categories))
        {
            var missing = !images ? "images" : !annotations ? "annotations" : "categories";
            throw new InvalidDataException($"{path} has no '{missing}': a COCO instances file is needed, such as instances_val2017.json.");
        }
    }

    private delegate void RecordReader(ref JsonFileReader json, int index);

    /// <summary>Gives each annotation its image and its class, and leaves out those that have none.</summary>
    public CocoAnnotations Link()
    {
        CocoCategory[] categories = [.. _categories.Values];
        var labels = categories.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index);
        var objects = new List<CocoObject>(_annotations.Count);
        var seen = new HashSet<long>(_annotations.Count);
        var good = 0;
        foreach (var (id, imageId, categoryId, box, area, crowd) in _annotations)
        {
            if (!seen.Add(id))
            {
                Report(FindingKind.Twice, id, imageId, box, "the id comes twice");
            }
            else if (!_imageIndices.TryGetValue(imageId, out var image))
            {
                Report(FindingKind.MissingImage, id, imageId, box, "no such image");
            }
            else if (!labels.TryGetValue(categoryId, out var label))
            {
                Report(FindingKind.UnknownClass, id, imageId, box, $"no category {categoryId}");
            }
            else
            {
                good++;
                if (image >= 0) // else the image's own problem has been told
                {
                    objects.Add(new CocoObject(id, image, label, box, area, crowd));
                }
            }
        }
        if (_annotationCount > 0 && good == 0)
        {
            // One slip costs one record; the same slip in every record is a file of another kind, and no data set without objects.
            throw new InvalidDataException(
                $"{_path}: none of its {_annotationCount} annotations can be used. {string.Join(" ", _findings.Take(3))}");
        }
        return new CocoAnnotations(_path, categories, _images, objects, _findings);
    }

    private static void ReadList(ref JsonFileReader json, string name, RecordReader read)
    {
        json.Read();
        if (json.Kind != JsonTokenType.StartArray)
        {
            throw json.Error($"not a COCO annotation file: '{name}' is {json.Shown()}, not a list.");
        }
        json.Read();
        for (var index = 0; json.Kind != JsonTokenType.EndArray; index++)
        {
            if (json.Kind != JsonTokenType.StartObject)
            {
                throw json.Error($"not a COCO annotation file: {name}[{index}] is {json.Shown()}, not an object.");
            }
            read(ref json, index);
            json.Read();
        }
    }

    private void ReadCategory(ref JsonFileReader json, int index)
    {
        var (id, name, field) = CategoryFields.Read(ref json);
        if (id is not { } known || name is null)
        {
            Report(FindingKind.Unreadable, $"{Which("categories", index, "category", id)}: {field.Problem ?? "has no id or no name"}; skipped");
        }
        else if (!_categories.TryAdd(known, new CocoCategory(known, name)))
        {
            Report(FindingKind.Twice, $"category {known} ({name}) comes twice; the first is kept");
        }
    }

    private void ReadImage(ref JsonFileReader json, int index)
    {
        var (id, name, width, height, field) = ImageFields.Read(ref json);
        if (id is not { } known || string.IsNullOrEmpty(name)
            || width is not (>= 1 and <= int.MaxValue and { } columns) || height is not (>= 1 and <= int.MaxValue and { } rows))
        {
            var problem = field.Problem ?? "has no id, file name, width or height";
            Report(FindingKind.Unreadable, $"{Which("images", index, "image", id)}: {problem}; skipped with its annotations");
            _ = id is { } unusable && _imageIndices.TryAdd(unusable, -1);
        }
        else if (!_imageIndices.TryAdd(known, _images.Count))
        {
            Report(FindingKind.Twice, $"image {known} ({name}) comes twice; the first is kept");
        }
        else
        {
            _images.Add(new CocoImage(known, name, (int)columns, (int)rows));
        }
    }

    private void ReadAnnotation(ref JsonFileReader json, int index)
    {
        _annotationCount++;
        var (id, image, category, box, area, crowd, _, field) = ObjectFields.Read(ref json, hasId: true);
        if (id is { } known && image is { } imageId && category is { } categoryId && box is { } good)
        {
            // An area below 0 would be in none of COCO's ranges: no area that anybody meant.
            _annotations.Add(new Annotation(known, imageId, categoryId, good, area is >= 0 and { } given ? given : good.Area, crowd));
            return;
        }
        var missing = id is null ? "id" : image is null ? "image_id" : category is null ? "category_id" : "box of four numbers";
        var which = Which("annotations", index, "annotation", id) + (image is null ? "" : $" of image {image}");
        Report(field.Kind, $"{which}: {field.Problem ?? $"has no {missing}"}; skipped");
    }

    /// <summary>A record by its id, or by its place in the file where it has none.</summary>
    private static string Which(string list, int index, string record, long? id) => id is null ? $"{list}[{index}]" : $"{record} {id}";

    private void Report(FindingKind kind, string problem) => _findings.Add(new Finding(kind, $"{_file}: {problem}"));

    private void Report(FindingKind kind, long id, long imageId, CocoBox box, string problem) => _findings.Add(
        new Finding(kind, $"{_file}: annotation {id} of image {imageId}: {problem}; skipped") { ImageId = $"{imageId}", Box = box.Corners });

    private readonly record struct Annotation(long Id, long ImageId, long CategoryId, CocoBox Box, double Area, bool Crowd);
}
