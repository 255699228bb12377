using System.Text.Json;
using SingleShot.Data.Coco.Json;

namespace SingleShot.Data.Coco;

/// <summary>What a category says of itself; null where it says nothing that can be read, and Field why not.</summary>
internal readonly record struct CategoryFields(long? Id, string? Name, CocoField Field)
{
    /// <summary>Reads the object that begins here, to its end.</summary>
    public static CategoryFields Read(ref JsonFileReader json)
    {
        var field = new CocoField();
        var (id, name) = ((long?)null, (string?)null);
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (json.IsProperty("id"u8))
            {
                id = field.Whole(ref json, "id");
            }
            else if (json.IsProperty("name"u8))
            {
                name = field.Text(ref json, "name");
            }
            else
            {
                json.Skip();
            }
        }
        return new(id, name, field);
    }
}

/// <summary>What an image says of itself; null where it says nothing that can be read, and Field why not (not of the size: the picture has it).</summary>
internal readonly record struct ImageFields(long? Id, string? Name, long? Width, long? Height, CocoField Field)
{
    /// <summary>Reads the object that begins here, to its end.</summary>
    public static ImageFields Read(ref JsonFileReader json)
    {
        var field = new CocoField();
        var (id, name, width, height) = ((long?)null, (string?)null, (long?)null, (long?)null);
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (json.IsProperty("id"u8))
            {
                id = field.Whole(ref json, "id");
            }
            else if (json.IsProperty("file_name"u8))
            {
                name = field.Text(ref json, "file_name");
            }
            else if (json.IsProperty("width"u8))
            {
                width = field.WholeIfAny(ref json);
            }
            else if (json.IsProperty("height"u8))
            {
                height = field.WholeIfAny(ref json);
            }
            else
            {
                json.Skip();
            }
        }
        return new(id, name, width, height, field);
    }
}

/// <summary>What an annotation or a result says of its object; null where it says nothing that can be read, and Field why not.</summary>
/// <remarks>NeedsOutline: it has no box, and has an outline that was not read or is none.</remarks>
internal readonly record struct ObjectFields(
    long? Id, long? Image, long? Category, CocoBox? Box, bool NeedsOutline, double? Area, bool Crowd, double? Score, CocoField Field)
{
    /// <summary>Reads the object that begins here, to its end.</summary>
    /// <param name="json">Stands at the beginning of the object.</param>
    /// <param name="hasId">Whether it has an id of its own; a result has none, and what calls itself so there may be anything.</param>
    /// <param name="outlines">Whether to read the outline too: most of a file's bytes, and hardly ever needed.</param>
    public static ObjectFields Read(ref JsonFileReader json, bool hasId, bool outlines)
    {
        var field = new CocoField();
        var (id, image, category) = ((long?)null, (long?)null, (long?)null);
        var (box, area, crowd, score) = ((CocoBox?)null, (double?)null, false, (double?)null);
        var (outline, hasOutline) = ((CocoBox?)null, false);
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (hasId && json.IsProperty("id"u8))
            {
                id = field.WholeIfAny(ref json);
            }
            else if (json.IsProperty("image_id"u8))
            {
                image = field.Whole(ref json, "image_id");
            }
            else if (json.IsProperty("category_id"u8))
            {
                category = field.Whole(ref json, "category_id");
            }
            else if (json.IsProperty("bbox"u8))
            {
                box = field.Box(ref json);
            }
            else if (json.IsProperty("area"u8))
            {
                area = field.Number(ref json);
            }
            else if (json.IsProperty("iscrowd"u8))
            {
                crowd = field.Flag(ref json);
            }
            else if (json.IsProperty("score"u8))
            {
                score = field.Number(ref json);
            }
            else if (json.IsProperty("segmentation"u8))
            {
                hasOutline = true;
                if (outlines)
                {
                    outline = CocoOutline.Read(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
            else
            {
                json.Skip();
            }
        }
        if (box is null && outline is not null)
        {
            field.Note(FieldLeniency.BoxOfOutline);
            box = outline;
        }
        return new(id, image, category, box, box is null && hasOutline, area, crowd, score, field);
    }
}
