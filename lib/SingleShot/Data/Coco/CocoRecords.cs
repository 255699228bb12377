using System.Text.Json;
using SingleShot.Data.Coco.Json;

namespace SingleShot.Data.Coco;

/// <summary>The records of one COCO file, in any order as they stand there, before it is known what belongs to what.</summary>
internal sealed class CocoRecords
{
    private readonly string _path;
    private readonly string _file;
    private readonly bool _outlines;
    private readonly List<Finding> _findings = [];
    private readonly Leniencies _leniencies = new();
    private readonly SortedDictionary<long, CocoCategory> _categories = [];
    private readonly List<CocoImage> _images = [];
    private readonly Dictionary<long, int> _imageIndices = []; // -1 for an image that is left out
    private readonly List<Annotation> _annotations = [];
    private int _imageCount;
    private int _annotationCount;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="outlines">Whether to take an object's box from its outline where it has no other.</param>
    /// <exception cref="InvalidDataException">Not JSON, or not of COCO's structure.</exception>
    public CocoRecords(string path, bool outlines)
    {
        (_path, _file, _outlines) = (path, Path.GetFileName(path), outlines);
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

    /// <summary>Whether an object was left out for want of a box that has an outline: worth reading the file once more, with outlines.</summary>
    public bool NeedsOutlines { get; private set; }

    private delegate void RecordReader(ref JsonFileReader json, int index);

    /// <summary>Gives each annotation its image and its class, and leaves out those that have none.</summary>
    public CocoAnnotations Link()
    {
        CocoCategory[] categories = [.. _categories.Values];
        var labels = categories.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index);
        var objects = new List<CocoObject>(_annotations.Count);
        var repeats = IdsRepeat() ? new RepeatedIds(_leniencies) : null;
        var good = 0;
        foreach (var (id, imageId, categoryId, box, area, crowd) in _annotations)
        {
            if (!_imageIndices.TryGetValue(imageId, out var image))
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
                var item = new CocoObject(id, image, label, box, area, crowd);
                if (image >= 0 && repeats?.IsSecond(item, imageId) == true)
                {
                    Report(FindingKind.Twice, id, imageId, box, "the same object comes twice");
                }
                else if (image >= 0) // else the image's own problem has been told
                {
                    objects.Add(item);
                }
            }
        }
        if (_annotationCount > 0 && good == 0)
        {
            // One slip costs one record; the same slip in every record is a file of another kind, and no data set without objects.
            throw new InvalidDataException(
                $"{_path}: none of its {_annotationCount} annotations can be used. {string.Join(" ", _findings.Take(3))}");
        }
        return new CocoAnnotations(_path, categories, _images, objects, [.. _findings, .. _leniencies.Findings(_file)]) { Listed = _imageCount };
    }

    private bool IdsRepeat()
    {
        var seen = new HashSet<long>(_annotations.Count);
        var repeat = false;
        foreach (var annotation in _annotations)
        {
            repeat |= !seen.Add(annotation.Id);
        }
        return repeat;
    }

    private void ReadList(ref JsonFileReader json, string name, RecordReader read)
    {
        json.Read();
        if (json.Kind != JsonTokenType.StartArray)
        {
            throw json.Error($"not a COCO annotation file: '{name}' is {json.Shown()}, not a list.");
        }
        json.Read();
        for (var index = 0; json.Kind != JsonTokenType.EndArray; index++)
        {
            if (json.Kind == JsonTokenType.StartObject)
            {
                read(ref json, index);
            }
            else
            {
                Report(FindingKind.Unreadable, $"{name}[{index}] is {json.Shown()}, not an object; skipped");
                json.Skip();
            }
            json.Read();
        }
    }

    private void ReadCategory(ref JsonFileReader json, int index)
    {
        var (id, name, field) = CategoryFields.Read(ref json);
        var which = Which("categories", index, "category", id);
        _leniencies.Note(field.Leniency, which);
        name = name?.Trim();
        if (id is not { } known || string.IsNullOrEmpty(name))
        {
            Report(FindingKind.Unreadable, $"{which}: {field.Problem ?? (id is null ? "has no id" : "has no name")}; skipped");
        }
        else if (!_categories.TryAdd(known, new CocoCategory(known, name)))
        {
            Report(FindingKind.Twice, $"category {known} ({name}) comes twice; the first is kept");
        }
    }

    private void ReadImage(ref JsonFileReader json, int index)
    {
        _imageCount++;
        var (id, name, width, height, field) = ImageFields.Read(ref json);
        if (field.Leniency != FieldLeniency.None)
        {
            _leniencies.Note(field.Leniency, Which("images", index, "image", id));
        }
        if (id is not { } known || string.IsNullOrEmpty(name))
        {
            var problem = field.Problem ?? (id is null ? "has no id" : "has no file_name");
            Report(FindingKind.Unreadable, $"{Which("images", index, "image", id)}: {problem}; skipped with its annotations");
            _ = id is { } unusable && _imageIndices.TryAdd(unusable, -1);
        }
        else if (!_imageIndices.TryAdd(known, _images.Count))
        {
            Report(FindingKind.Twice, $"image {known} ({name}) comes twice; the first is kept");
        }
        else
        {
            var hasSize = width is >= 1 and <= int.MaxValue && height is >= 1 and <= int.MaxValue;
            _images.Add(hasSize ? new CocoImage(known, name, (int)width!.Value, (int)height!.Value) : new CocoImage(known, name, 0, 0));
        }
    }

    private void ReadAnnotation(ref JsonFileReader json, int index)
    {
        _annotationCount++;
        var (id, image, category, box, needsOutline, area, crowd, _, field) = ObjectFields.Read(ref json, hasId: true, _outlines);
        NeedsOutlines |= needsOutline;
        if (image is { } imageId && category is { } categoryId && box is { } good)
        {
            if (field.Leniency != FieldLeniency.None || id is null)
            {
                var leniency = field.Leniency | (id is null ? FieldLeniency.NoId : FieldLeniency.None);
                _leniencies.Note(leniency, $"{Which("annotations", index, "annotation", id)} of image {image}");
            }
            // An area below 0 would be in none of COCO's ranges: no area that anybody meant.
            _annotations.Add(new Annotation(id ?? index, imageId, categoryId, good, area is >= 0 and { } given ? given : good.Area, crowd));
            return;
        }
        var missing = image is null ? "image_id" : category is null ? "category_id" : "box of four numbers";
        var which = Which("annotations", index, "annotation", id) + (image is null ? "" : $" of image {image}");
        _findings.Add(new Finding(field.Kind, $"{_file}: {which}: {field.Problem ?? $"has no {missing}"}; skipped") { ImageId = image is null ? null : $"{image}" });
    }

    /// <summary>A record by its id, or by its place in the file where it has none.</summary>
    private static string Which(string list, int index, string record, long? id) => id is null ? $"{list}[{index}]" : $"{record} {id}";

    private void Report(FindingKind kind, string problem) => _findings.Add(new Finding(kind, $"{_file}: {problem}"));

    private void Report(FindingKind kind, long id, long imageId, CocoBox box, string problem) => _findings.Add(
        new Finding(kind, $"{_file}: annotation {id} of image {imageId}: {problem}; skipped") { ImageId = $"{imageId}", Box = box.Corners });

    private readonly record struct Annotation(long Id, long ImageId, long CategoryId, CocoBox Box, double Area, bool Crowd);
}
