using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SingleShot.Cli.Training;

/// <summary>Settings files, in YAML or JSON (which is YAML, too), read and written.</summary>
internal static class PlanFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private const int MaxLength = 1 << 20; // bytes

    private static readonly string[] Paths = ["root", "output", "backbone", "pretrained"];

    /// <summary>The keys that a settings file may have, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. Properties.Select(property => property.Name)];

    private static IEnumerable<JsonPropertyInfo> Properties => Format.GetTypeInfo(typeof(TrainingPlan)).Properties;

    /// <summary>Reads a settings file. Its paths are relative to the working folder; the plan has them in full.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">There is no such file, it is no YAML, or a key or a value is wrong; the message has the line, and the nearest key.</exception>
    public static TrainingPlan Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no settings file {path}: write one, such as\n  root: data/shapes\nIts keys: {string.Join(", ", Keys)}.");
        }
        if (new FileInfo(path).Length is var length and > MaxLength)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{path} has {length / 1e6:N1} MB: a settings file has a few lines. Is it a model or a picture?"));
        }
        var content = new JsonObject();
        foreach (var (key, value) in Entries(path))
        {
            content[key.Text] = Value(path, key.Text, key.Line, value);
        }
        if (content["output"] is null)
        {
            content["output"] = Path.Combine("runs", Path.GetFileNameWithoutExtension(path));
        }
        foreach (var key in Paths.Where(key => (string?)content[key] is { Length: > 0 }))
        {
            content[key] = Path.GetFullPath((string)content[key]!);
        }
        try
        {
            return content.Deserialize<TrainingPlan>(Format)!;
        }
        catch (JsonException)
        {
            throw new UsageException($"{path}: root is missing: it names the data set's folder."); // each value by itself is right
        }
        catch (ArgumentException e)
        {
            var problem = e.Message.Split(" (Parameter")[0];
            throw new UsageException($"{path}: {char.ToLowerInvariant(problem[0])}{problem[1..]}"); // the property's name is the key's but for its first letter
        }
    }

    /// <summary>A plan as a settings file, every key of it.</summary>
    public static string Write(TrainingPlan plan)
    {
        var text = new StringBuilder();
        foreach (var property in Properties)
        {
            text.Append(CultureInfo.InvariantCulture, $"{property.Name}: {JsonSerializer.Serialize(property.Get!(plan), property.PropertyType, Format)}\n");
        }
        return text.ToString();
    }

    private static List<((string Text, long Line) Key, YamlNode Value)> Entries(string path)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new UsageException($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException) // of the parser's own, of brackets that are not closed
        {
            throw new UsageException($"{path} is not a settings file: it is no YAML. Are all brackets and quotation marks closed?");
        }
        if (yaml.Documents is not [{ RootNode: YamlMappingNode map }])
        {
            throw new UsageException($"{path} is not a settings file: it has to be lines such as 'root: data/shapes', or a JSON object.");
        }
        var entries = new List<((string Text, long Line) Key, YamlNode Value)>();
        foreach (var (node, value) in map.Children)
        {
            var key = (node as YamlScalarNode)?.Value ?? "";
            if (!Keys.Contains(key))
            {
                throw new UsageException($"{path}, line {node.Start.Line}: there is no setting '{key}'. "
                    + (NearestName.Of(key, Keys) is { } near ? $"Did you mean '{near}'?" : $"There are {string.Join(", ", Keys)}."));
            }
            entries.Add(((key, node.Start.Line), value));
        }
        return entries;
    }

    private static JsonNode? Value(string path, string key, long line, YamlNode node)
    {
        var type = Properties.Single(property => property.Name == key).PropertyType;
        var value = Node(node, isText: type == typeof(string));
        try
        {
            JsonSerializer.Deserialize(value, type, Format);
            return value is null && type == typeof(string) ? "" : value;
        }
        catch (JsonException)
        {
            throw new UsageException($"{path}, line {line}: {key} is {(value is null ? "empty" : value.ToJsonString())}; it has to be {Wanted(type)}.");
        }
    }

    private static JsonNode? Node(YamlNode node, bool isText) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } when !isText => Plain(text),
        YamlScalarNode { Value: var text } => text,
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(child => Node(child, isText))]),
        _ => new JsonObject(),
    };

    private static JsonNode Plain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : text;

    private static string Wanted(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } kinds => $"one of {string.Join(", ", Enum.GetNames(kinds).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
        var whole when whole == typeof(int) => "a whole number",
        var real when real == typeof(double) => "a number",
        var text when text == typeof(string) => "a text",
        _ => "a list of numbers",
    };
}
