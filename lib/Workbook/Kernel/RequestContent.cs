using System.Text.Json.Nodes;

namespace Workbook.Kernel;

/// <summary>Reads the values of a request; one of the wrong type counts as left out.</summary>
internal static class RequestContent
{
    /// <summary>A text; null where there is none.</summary>
    public static string? Text(this JsonObject content, string name) => Value<string>(content, name);

    /// <summary>A truth value.</summary>
    public static bool Flag(this JsonObject content, string name, bool otherwise) => Value<bool?>(content, name) ?? otherwise;

    /// <summary>A whole number; null where there is none.</summary>
    public static int? Number(this JsonObject content, string name) => Value<int?>(content, name);

    private static T? Value<T>(JsonObject content, string name) =>
        content[name] is JsonValue json && json.TryGetValue<T>(out var value) ? value : default;
}
