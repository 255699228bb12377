using System.Text.Json;

namespace SingleShot.Weights.Safetensors;

/// <summary>The header of a file, read and proven: what it says fits together and fits the file.</summary>
/// <param name="Entries">The tensors, in the header's order.</param>
/// <param name="Metadata">The texts under <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name that no tensor can have.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The longest header the format allows, in bytes.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Reads a header.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="dataLength">The number of bytes that follow it in the file.</param>
    /// <exception cref="InvalidDataException">It breaks a rule of the format; the message names the tensor, not the file.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength)
    {
        Require(json.Length > 0 && json.Span[0] == (byte)'{', "the header does not begin with '{'.");
        try
        {
            using var document = JsonDocument.Parse(json);
            var entries = new List<SafetensorsEntry>();
            var metadata = new Dictionary<string, string>();
            var names = new HashSet<string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                Require(names.Add(property.Name), $"'{property.Name}' is in the header twice.");
                if (property.Name == MetadataName)
                {
                    ReadMetadata(property.Value, metadata);
                }
                else
                {
                    entries.Add(ReadEntry(property.Name, property.Value));
                    Require(entries.Count <= WeightFile.MostTensors, $"it has more than {WeightFile.MostTensors} tensors.");
                }
            }
            RequireTiling(entries, dataLength);
            return new SafetensorsHeader(entries, metadata);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the header is not valid JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // A text with half a surrogate pair or bytes that are no UTF-8 is found out only when it is asked for.
            throw new InvalidDataException($"the header holds a text that is not valid Unicode: {e.Message}", e);
        }
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"'{MetadataName}' is not an object.");
        foreach (var text in value.EnumerateObject())
        {
            Require(text.Value.ValueKind == JsonValueKind.String, $"'{MetadataName}' has a value that is not a text, '{text.Name}'.");
            Require(metadata.TryAdd(text.Name, text.Value.GetString()!), $"'{MetadataName}' has '{text.Name}' twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Object, $"tensor '{name}' is not described by an object.");
        JsonElement? type = null, shape = null, range = null;
        foreach (var property in value.EnumerateObject())
        {
            ref var slot = ref type;
            switch (property.Name)
            {
                case "dtype": break;
                case "shape": slot = ref shape; break;
                case "data_offsets": slot = ref range; break;
                default: throw new InvalidDataException($"tensor '{name}' has an unknown property '{property.Name}'.");
            }
            Require(slot is null, $"tensor '{name}' has '{property.Name}' twice.");
            slot = property.Value;
        }
        Require(type is not null && shape is not null && range is not null, $"tensor '{name}' lacks one of dtype, shape and data_offsets.");
        Require(type!.Value.ValueKind == JsonValueKind.String, $"tensor '{name}' has a dtype that is not a text.");
        var typeName = type.Value.GetString()!;
        var element = ElementType.All.FirstOrDefault(candidate => candidate.Safetensors == typeName) ?? throw new InvalidDataException(
            $"tensor '{name}' has dtype '{typeName}'; those read here are {string.Join(", ", ElementType.All.Select(known => known.Safetensors))}.");
        var sizes = ReadNumbers(name, "shape", shape!.Value);
        Require(sizes.Length <= WeightFile.MostDimensions, $"tensor '{name}' has {sizes.Length} dimensions, more than {WeightFile.MostDimensions}.");
        var offsets = ReadNumbers(name, "data_offsets", range!.Value);
        Require(offsets.Length == 2 && offsets[0] <= offsets[1], $"tensor '{name}' has data_offsets that are not a begin and an end.");
        Require(
            element.BytesOf(sizes) == offsets[1] - offsets[0],
            $"tensor '{name}', {typeName} [{string.Join(", ", sizes)}], does not take the {offsets[1] - offsets[0]} bytes it is given.");
        return new SafetensorsEntry(name, element, sizes, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(string name, string property, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Array, $"tensor '{name}' has a {property} that is not a list.");
        var numbers = new long[value.GetArrayLength()];
        var count = 0;
        foreach (var element in value.EnumerateArray())
        {
            Require(
                element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out numbers[count]) && numbers[count] >= 0,
                $"tensor '{name}' has a {property} with '{element}', which is not a whole number from 0.");
            count++;
        }
        return numbers;
    }

    /// <summary>The tensors cover the data from its first byte to its last, none twice.</summary>
    private static void RequireTiling(List<SafetensorsEntry> entries, long dataLength)
    {
        long reached = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            Require(entry.Begin >= reached, $"tensor '{entry.Name}' overlaps another: it begins at {entry.Begin}, that ends at {reached}.");
            Require(entry.Begin == reached, $"tensor '{entry.Name}' begins at {entry.Begin}; bytes from {reached} on belong to no tensor.");
            Require(
                entry.End <= dataLength,
                $"tensor '{entry.Name}' ends at {entry.End}, and the data at {dataLength}. The file may be cut short.");
            reached = entry.End;
        }
        Require(reached == dataLength, $"the last {dataLength - reached} bytes of the data belong to no tensor.");
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException(reason);
        }
    }
}
