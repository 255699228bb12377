using System.Text.Json.Nodes;

namespace Workbook.Json;

/// <summary>Reads single values of JSON that others wrote; a value of the wrong type counts as left out.</summary>
internal static class JsonValues
{
    /// <summary>The text that a node is; null where it is missing or anything else.</summary>
    public static string? Text(this JsonNode? node) => Value<string>(node);

    /// <summary>A property's text; null where there is none.</summary>
    public static string? Text(this JsonObject json, string name) => Value<string>(json[name]);

    /// <summary>A property's truth value; null where there is none.</summary>
    public static bool? Flag(this JsonObject json, string name) => Value<bool?>(json[name]);

    /// <summary>A property's whole number; null where there is none.</summary>
    public static int? Number(this JsonObject json, string name) => Value<int?>(json[name]);

    private static T? Value<T>(JsonNode? node) => node is JsonValue json && json.TryGetValue<T>(out var value) ? value : default;
}
