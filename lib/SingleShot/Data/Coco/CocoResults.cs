using System.Text.Json;
using SingleShot.Data.Coco.Json;
using SingleShot.Runtime.Files;

namespace SingleShot.Data.Coco;

/// <summary>Detections in COCO's results format: what its evaluation server takes, and what other programs exchange.</summary>
/// <param name="Items">The detections, in the order of the file.</param>
/// <param name="Problems">What was left out in reading, a line each, and a line for each leniency; empty when there was nothing.</param>
public sealed record CocoResults(IReadOnlyList<CocoResult> Items, IReadOnlyList<string> Problems)
{
    /// <summary>Reads a results file: a list of <c>{"image_id", "category_id", "bbox": [left, top, width, height], "score"}</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="annotations">The annotations that the results belong to.</param>
    /// <returns>
    /// The results that can be used. One for an image or a category that the annotations do not have, or without its numbers, is left out
    /// and named in the problems.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// Not such a list (the message has path, line and position), or not one of its results can be used, as with those of another set.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be opened.</exception>
    public static CocoResults Read(string path, CocoAnnotations annotations)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(annotations);
        var (items, problems, leniencies, count) = (new List<CocoResult>(), new List<string>(), new Leniencies(), 0);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var json = new JsonFileReader(path, stream);
        json.Read();
        if (json.Kind != JsonTokenType.StartArray)
        {
            throw json.Error($"not a COCO results file: {json.Shown()} in the place of a list of detections.");
        }
        for (json.Read(); json.Kind != JsonTokenType.EndArray; json.Read(), count++)
        {
            if (json.Kind != JsonTokenType.StartObject)
            {
                throw json.Error($"not a COCO results file: [{count}] is {json.Shown()}, not an object.");
            }
            var (item, problem) = ReadItem(ref json, annotations, count, leniencies);
            if (item is { } good)
            {
                items.Add(good);
            }
            else
            {
                problems.Add($"{Path.GetFileName(path)}: result [{count}]: {problem}; skipped");
            }
        }
        while (json.Read())
        {
            // What follows the list is an error that the reader finds.
        }
        return items.Count > 0 || count == 0
            ? new CocoResults(items, [.. problems, .. leniencies.Findings(Path.GetFileName(path)).Select(finding => finding.Text)])
            : throw new InvalidDataException(
                $"{path}: none of its {count} results can be used with {annotations.Name}. {string.Join(" ", problems.Take(3))}");
    }

    /// <summary>Writes a results file; numbers are written in full, so that reading gives the same again to the last bit.</summary>
    /// <param name="path">Where to; a file that is there is replaced wholly or not at all.</param>
    /// <exception cref="InvalidOperationException">A number is not finite, which JSON cannot hold; no file is written.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        foreach (var (index, item) in Items.Index())
        {
            if (!item.IsFinite)
            {
                throw new InvalidOperationException($"Result {index}, for image {item.ImageId}, cannot be written: {item.Numbers}.");
            }
        }
        AtomicFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartArray();
            foreach (var item in Items)
            {
                item.WriteTo(json);
                if (json.BytesPending > 1 << 16)
                {
                    json.Flush();
                }
            }
            json.WriteEndArray();
        });
    }

    private static (CocoResult? Item, string? Problem) ReadItem(
        ref JsonFileReader json, CocoAnnotations annotations, int index, Leniencies leniencies)
    {
        var (_, image, category, box, _, _, _, score, field) = ObjectFields.Read(ref json, hasId: false, outlines: false);
        if (field.Leniency != FieldLeniency.None)
        {
            leniencies.Note(field.Leniency, $"result [{index}]");
        }
        var problem = field.Problem
            ?? (image is null ? "has no image_id" : category is null ? "has no category_id" : box is null ? "has no box of four numbers"
            : score is null ? "has no score, or one that is not a number"
            : annotations.ImageIndex(image.Value) is null ? $"no image {image}"
            : annotations.Label(category.Value) is null ? $"no category {category}" : null);
        return problem is null ? (new CocoResult(image!.Value, category!.Value, box!.Value, score!.Value), null) : (null, problem);
    }
}
