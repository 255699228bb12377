using System.Buffers.Binary;
using SingleShot.Runtime.Files;
using SingleShot.Weights.Safetensors;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>Reads and writes .safetensors files: tensors by name and nothing that runs, as Hugging Face's safetensors has them.</summary>
/// <remarks>
/// The file is the header's length (8 bytes, little-endian), the header in JSON, and the tensors' bytes in row-major order.
/// Types: F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL.
/// </remarks>
public static class SafetensorsFile
{
    private const int LengthBytes = 8;

    /// <summary>Writes a file, wholly or not at all.</summary>
    /// <param name="path">The file to make or replace; its folder has to be there.</param>
    /// <param name="tensors">The tensors, on any device, contiguous or not; each name once.</param>
    /// <param name="metadata">Texts to carry along; none when left out.</param>
    /// <exception cref="ArgumentException">A name is there twice or reserved, or the format has no such element type.</exception>
    /// <exception cref="IOException">It cannot be written, for instance for want of space; a file that was there is as it was.</exception>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var (header, order) = SafetensorsLayout.Plan(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var index in order)
            {
                using var scope = NewDisposeScope();
                TensorBytes.ForEachPiece(tensors[index].Value.detach().cpu().contiguous(), piece => stream.Write(piece));
            }
        });
    }

    /// <summary>Reads a file, tensor by tensor.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, to be disposed of by the caller.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">It breaks a rule of the format; the message names the file and the tensor.</exception>
    public static NamedTensors Read(string path) => WeightFile.Read(path, "safetensors", Read);

    internal static NamedTensors Read(Stream stream)
    {
        var header = ReadHeader(stream);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(header.Entries.Count);
        foreach (var entry in header.Entries.OrderBy(entry => entry.Begin))
        {
            tensors.Add(entry.Name, TensorBytes.Read(stream, entry.Type, entry.Shape, $"tensor '{entry.Name}'"));
        }
        return new NamedTensors([.. header.Entries.Select(entry => (entry.Name, tensors[entry.Name]))], header.Metadata);
    }

    private static SafetensorsHeader ReadHeader(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
        {
            throw new InvalidDataException($"it is {stream.Length} bytes long, too short for a header.");
        }
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsHeader.MaxHeaderBytes)
        {
            throw new InvalidDataException(
                $"its header would be {length} bytes long; the format allows {SafetensorsHeader.MaxHeaderBytes}.");
        }
        var dataLength = stream.Length - LengthBytes - (long)length;
        if (dataLength < 0)
        {
            throw new InvalidDataException($"its header would be {length} bytes long, longer than the file.");
        }
        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, dataLength);
    }
}
