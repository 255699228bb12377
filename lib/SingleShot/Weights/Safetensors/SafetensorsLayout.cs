using System.Text.Json;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights.Safetensors;

/// <summary>Plans a file: which byte is whose, and the header that says so.</summary>
internal static class SafetensorsLayout
{
    // Data that begins at a multiple of this, widest elements first, leaves every element aligned for readers that map the file.
    private const int Alignment = 8;

    /// <summary>The header, padded with spaces, and the indices of the tensors in the order of their data.</summary>
    /// <exception cref="ArgumentException">A name is there twice or reserved, or the format has no such element type.</exception>
    public static (byte[] Header, int[] Order) Plan(
        IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        NamedTensors.RequireUnique(tensors);
        if (tensors.Any(entry => entry.Name == SafetensorsHeader.MetadataName))
        {
            throw new ArgumentException($"A tensor cannot be named '{SafetensorsHeader.MetadataName}': the format keeps its texts there.", nameof(tensors));
        }
        ElementType[] types = [.. tensors.Select(entry => ElementType.Of(entry.Name, entry.Value))];
        int[] order = [.. Enumerable.Range(0, types.Length).OrderByDescending(i => types[i].Size)]; // a stable sort
        var begins = new long[types.Length];
        long end = 0;
        foreach (var i in order)
        {
            begins[i] = end;
            end += tensors[i].Value.NumberOfElements * types[i].Size;
        }
        return (Header(tensors, metadata, types, begins), order);
    }

    private static byte[] Header(
        IReadOnlyList<(string Name, Tensor Value)> tensors,
        IReadOnlyDictionary<string, string>? metadata,
        ElementType[] types,
        long[] begins)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataName);
                foreach (var (key, text) in metadata)
                {
                    json.WriteString(key, text);
                }
                json.WriteEndObject();
            }
            for (var i = 0; i < begins.Length; i++)
            {
                json.WriteStartObject(tensors[i].Name);
                json.WriteString("dtype", types[i].Safetensors);
                WriteNumbers(json, "shape", tensors[i].Value.shape);
                WriteNumbers(json, "data_offsets", [begins[i], begins[i] + tensors[i].Value.NumberOfElements * types[i].Size]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }
        if (buffer.Length > SafetensorsHeader.MaxHeaderBytes)
        {
            throw new ArgumentException(
                $"Names and metadata make a header of {buffer.Length} bytes; the format allows {SafetensorsHeader.MaxHeaderBytes}.",
                nameof(metadata));
        }
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }
}
