using System.IO.Hashing;
using SingleShot.Weights.Archive;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights.PyTorch;

/// <summary>What <c>torch.save</c> writes since 1.6: a ZIP archive with the pickle in <c>data.pkl</c> and each storage in <c>data/KEY</c>.</summary>
/// <remarks>The programs that <c>torch.jit.save</c> writes are laid out so too; their code lies beside, and is not read.</remarks>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl";

    /// <summary>Reads the archive.</summary>
    /// <exception cref="InvalidDataException">It is damaged or hostile.</exception>
    public static NamedTensors Read(Stream stream)
    {
        var entries = ZipDirectory.Read(stream);
        // The folder that everything is in is named after the file that was saved.
        string[] pickles = [.. entries.Keys.Where(name => name.Split('/') is [_, Pickle])];
        if (pickles is not [var pickle])
        {
            throw new InvalidDataException("it is an archive without a data.pkl in its one folder: torch.save did not write it.");
        }
        var folder = pickle[..^(Pickle.Length + 1)];
        if (entries.TryGetValue($"{folder}/byteorder", out var order)
            && !ZipDirectory.ReadEntry(stream, order, longest: 16).AsSpan().SequenceEqual("little"u8))
        {
            throw new InvalidDataException("it was saved on a machine whose bytes are in another order. Save it again on this kind of machine.");
        }
        var bytes = ZipDirectory.ReadEntry(stream, entries[pickle], FormatRule.MaxPickleBytes);
        var input = new PickleInput(new MemoryStream(bytes, writable: false), FormatRule.MaxPickleBytes);
        var state = StateDictionary.Of(Unpickler.Read(input, new TorchPickleResolver()), bytes.Length);
        return state.ReadTensors(storage => ReadStorage(stream, entries, $"{folder}/data/{storage.Key}", storage));
    }

    private static Tensor ReadStorage(Stream stream, IReadOnlyDictionary<string, ZipEntry> entries, string name, PickledStorage storage)
    {
        var entry = entries.GetValueOrDefault(name) ?? throw new InvalidDataException($"entry '{name}', which its tensors are in, is missing.");
        entry.RequireStored();
        if (storage.Type.BytesOf([storage.Count]) != entry.Size)
        {
            throw new InvalidDataException(
                $"entry '{name}' is {entry.Size} bytes long, which is not what {storage.Count} elements of {storage.Type.Type} take.");
        }
        stream.Position = entry.Offset;
        var checksum = new Crc32();
        var tensor = TensorBytes.Read(stream, storage.Type, [storage.Count], $"storage '{storage.Key}'", piece => checksum.Append(piece));
        entry.Check(checksum);
        return tensor;
    }
}
