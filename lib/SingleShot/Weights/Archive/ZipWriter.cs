using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SingleShot.Weights.Tensors;

namespace SingleShot.Weights.Archive;

/// <summary>Writes a ZIP archive of entries that are stored as they are, each beginning at a multiple of 64 bytes, as torch.save does.</summary>
/// <remarks>The padding stands in the extra field of the local header, under the id "FB". Archives stay under 4 GB.</remarks>
internal sealed class ZipWriter(Stream stream)
{
    private const int Alignment = 64;
    private const ushort PaddingExtra = 0x4246; // "FB"

    // The earliest date that the format knows: archives of the same weights are the same bytes.
    private const ushort FirstDate = (1 << 5) | 1;

    private readonly List<(byte[] Name, uint Checksum, uint Size, uint Offset)> _entries = [];
    private long _position;

    /// <summary>Appends an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="visit">Hands over its bytes, piece by piece: called once for the checksum and once to write them.</param>
    /// <exception cref="ArgumentException">The archive would have too many entries or be too long.</exception>
    public void Add(string name, long size, Action<TensorBytes.PieceAction> visit)
    {
        if (_entries.Count == ushort.MaxValue - 1)
        {
            throw new ArgumentException($"More than {ushort.MaxValue - 1} entries do not go into a .pth here; write them as .safetensors.");
        }
        var checksum = new Crc32();
        visit(piece => checksum.Append(piece));
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var unpadded = _position + ZipSignatures.LocalHeaderBytes + nameBytes.Length + 4;
        var padding = (int)((Alignment - unpadded % Alignment) % Alignment);
        _entries.Add((nameBytes, checksum.GetCurrentHashAsUInt32(), Narrow(size), Narrow(_position)));

        var header = new byte[ZipSignatures.LocalHeaderBytes + nameBytes.Length + 4 + padding];
        BinaryPrimitives.WriteUInt32LittleEndian(header, ZipSignatures.LocalHeader);
        WriteFields(header.AsSpan(4), _entries[^1], (ushort)(4 + padding));
        nameBytes.CopyTo(header, ZipSignatures.LocalHeaderBytes);
        var extra = header.AsSpan(ZipSignatures.LocalHeaderBytes + nameBytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(extra, PaddingExtra);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], (ushort)padding);
        Write(header);
        visit(piece => Write(piece));
    }

    /// <summary>Appends an entry that is in memory.</summary>
    public void Add(string name, byte[] content) => Add(name, content.Length, visit => visit(content));

    /// <summary>Writes the directory; nothing may follow.</summary>
    public void Finish()
    {
        var directory = _position;
        foreach (var entry in _entries)
        {
            var header = new byte[ZipSignatures.DirectoryHeaderBytes + entry.Name.Length];
            BinaryPrimitives.WriteUInt32LittleEndian(header, ZipSignatures.DirectoryHeader);
            WriteFields(header.AsSpan(6), entry, extraLength: 0);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), entry.Offset);
            entry.Name.CopyTo(header, ZipSignatures.DirectoryHeaderBytes);
            Write(header);
        }
        var end = new byte[ZipSignatures.EndBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipSignatures.End);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), Narrow(_position - directory));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), Narrow(directory));
        Write(end);
    }

    /// <summary>The fields that the local header and the directory's have in common, from the version on.</summary>
    private static void WriteFields(Span<byte> fields, (byte[] Name, uint Checksum, uint Size, uint Offset) entry, ushort extraLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], ZipSignatures.Utf8);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], FirstDate);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], entry.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], entry.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], entry.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)entry.Name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[24..], extraLength);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }

    private static uint Narrow(long value) => value < uint.MaxValue
        ? (uint)value
        : throw new ArgumentException("More than 4 GB of weights do not go into a .pth here; write them as .safetensors.");
}
