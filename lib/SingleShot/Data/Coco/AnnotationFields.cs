using System.Text.Json;

namespace SingleShot.Data.Coco;

/// <summary>What an annotation says of its object; null where it says nothing that can be read, and Field why not.</summary>
internal readonly record struct AnnotationFields(long? Id, long? Image, long? Category, CocoBox? Box, double? Area, bool Crowd, CocoField Field)
{
    /// <summary>Reads the object that begins here, to its end.</summary>
    public static AnnotationFields Read(ref JsonFileReader json)
    {
        var field = new CocoField();
        var (id, image, category, box, area, crowd) = ((long?)null, (long?)null, (long?)null, (CocoBox?)null, (double?)null, false);
        for (json.Read(); json.Kind == JsonTokenType.PropertyName; json.Read())
        {
            if (json.IsProperty("id"u8))
            {
                id = field.Whole(ref json, "id");
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
                area = CocoField.Number(ref json);
            }
            else if (json.IsProperty("iscrowd"u8))
            {
                crowd = CocoField.Flag(ref json);
            }
            else
            {
                json.Skip();
            }
        }
        return new(id, image, category, box, area, crowd, field);
    }
}
