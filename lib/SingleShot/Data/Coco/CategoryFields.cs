using System.Text.Json;

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
