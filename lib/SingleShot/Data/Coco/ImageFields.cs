using System.Text.Json;

namespace SingleShot.Data.Coco;

/// <summary>What an image says of itself; null where it says nothing that can be read, and Field why not.</summary>
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
                width = field.Whole(ref json, "width");
            }
            else if (json.IsProperty("height"u8))
            {
                height = field.Whole(ref json, "height");
            }
            else
            {
                json.Skip();
            }
        }
        return new(id, name, width, height, field);
    }
}
