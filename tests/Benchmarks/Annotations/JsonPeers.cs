using System.Text.Json;
using System.Text.Json.Serialization;

namespace SingleShot.Benchmarks.Annotations;

/// <summary>The two ways of reading JSON that .NET offers, reading the same values as the library does.</summary>
internal static partial class JsonPeers
{
    /// <summary>Into records, by readers made at compile time, the faster kind; returns how many objects there were.</summary>
    public static int Deserialize(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize(stream, Context.Default.CocoFile)!.Annotations.Length;
    }

    /// <summary>Into a document, then each value from there; returns how many objects there were.</summary>
    public static int Walk(string path)
    {
        using var stream = File.OpenRead(path);
        using var json = JsonDocument.Parse(stream);
        var annotations = new List<Annotation>();
        foreach (var item in json.RootElement.GetProperty("annotations").EnumerateArray())
        {
            annotations.Add(new Annotation(
                item.GetProperty("id").GetInt64(), item.GetProperty("image_id").GetInt64(), item.GetProperty("category_id").GetInt64(),
                [.. item.GetProperty("bbox").EnumerateArray().Select(value => value.GetDouble())], item.GetProperty("area").GetDouble(),
                item.GetProperty("iscrowd").GetInt32()));
        }
        return annotations.Count;
    }

    internal sealed record CocoFile(Image[] Images, Annotation[] Annotations);

    internal sealed record Image(long Id, string FileName, int Width, int Height);

    internal sealed record Annotation(long Id, long ImageId, long CategoryId, double[] Bbox, double Area, int Iscrowd);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(CocoFile))]
    internal sealed partial class Context : JsonSerializerContext;
}
