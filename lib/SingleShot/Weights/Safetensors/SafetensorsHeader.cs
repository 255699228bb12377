using System.Text.Json;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Safetensors;

/// <summary>The header of a file, read and proven: what it says fits together and fits the file.</summary>
/// <param name="Entries">The tensors, in the header's order.</param>
/// <param name="Metadata">The texts under <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name that no tensor can have.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The longest header the format allows, in bytes.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>Reads a header.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="dataLength">The number of bytes that follow it in the file.</param>
    /// <exception cref="InvalidDataException">It breaks a rule of the format; the message names the tensor, not the file.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        Require(json.Length > 0 && json[0] == (byte)'{', "the header does not begin with '{'.");
        try
        {
            var (entries, metadata) = ReadObject(new Utf8JsonReader(json));
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

    // Token after token, so that a header that goes wrong costs no more than what comes before that.
    private static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) ReadObject(Utf8JsonReader reader)
    {
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();
        reader.Read();
        while (NextProperty(ref reader) is { } name)
        {
            Require(names.Add(name), $"'{name}' is in the header twice.");
            if (name == MetadataName)
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                entries.Add(ReadEntry(name, ref reader));
                Require(entries.Count <= FormatRule.MaxTensors, $"it has more than {FormatRule.MaxTensors} tensors.");
            }
        }
        reader.Read(); // fails if anything follows
        return (entries, metadata);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Require(reader.TokenType == JsonTokenType.StartObject, $"'{MetadataName}' is not an object.");
        while (NextProperty(ref reader) is { } name)
        {
            Require(reader.TokenType == JsonTokenType.String, $"'{MetadataName}' has a value that is not a text, '{name}'.");
            Require(metadata.TryAdd(name, reader.GetString()!), $"'{MetadataName}' has '{name}' twice.");
            Require(metadata.Count <= FormatRule.MaxTensors, $"'{MetadataName}' has more than {FormatRule.MaxTensors} texts.");
        }
    }

    private static SafetensorsEntry ReadEntry(string name, ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.StartObject, $"tensor '{name}' is not described by an object.");
        string? type = null;
        long[]? shape = null, range = null;
        while (NextProperty(ref reader) is { } property)
        {
            Require(
                property switch { "dtype" => type is null, "shape" => shape is null, "data_offsets" => range is null, _ => true },
                $"tensor '{name}' has '{property}' twice.");
            switch (property)
            {
                case "dtype":
                    Require(reader.TokenType == JsonTokenType.String, $"tensor '{name}' has a dtype that is not a text.");
                    type = reader.GetString()!;
                    break;
                case "shape": shape = ReadNumbers(name, property, ref reader); break;
                case "data_offsets": range = ReadNumbers(name, property, ref reader); break;
                default: throw new InvalidDataException($"tensor '{name}' has an unknown property '{property}'.");
            }
        }
        if (type is null || shape is null || range is null)
        {
            throw new InvalidDataException($"tensor '{name}' lacks one of dtype, shape and data_offsets.");
        }
        var element = ElementType.All.FirstOrDefault(candidate => candidate.Safetensors == type) ?? throw new InvalidDataException(
            $"tensor '{name}' has dtype '{type}'; those read here are {string.Join(", ", ElementType.All.Select(known => known.Safetensors))}.");
        Require(range is [var begin, var end] && begin <= end, $"tensor '{name}' has data_offsets that are not a begin and an end.");
        Require(
            element.BytesOf(shape) == range[1] - range[0],
            $"tensor '{name}', {type} [{string.Join(", ", shape)}], does not take the {range[1] - range[0]} bytes it is given.");
        return new SafetensorsEntry(name, element, shape, range[0], range[1]);
    }

    private static long[] ReadNumbers(string name, string property, ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.StartArray, $"tensor '{name}' has a {property} that is not a list.");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            long number = -1;
            Require(
                reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number) && number >= 0,
                $"tensor '{name}' has a {property} with what is not a whole number from 0.");
            numbers.Add(number);
            Require(numbers.Count <= FormatRule.MaxDimensions, $"tensor '{name}' has a {property} of more than {FormatRule.MaxDimensions} numbers.");
        }
        return [.. numbers];
    }

    /// <summary>Goes to the next property's value; null at the object's end.</summary>
    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }
        var name = reader.GetString();
        reader.Read();
        return name;
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
}

/// <summary>What the header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Begin">Where its first byte is, from the start of the data.</param>
/// <param name="End">Where the byte after its last one is.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Type, long[] Shape, long Begin, long End);
