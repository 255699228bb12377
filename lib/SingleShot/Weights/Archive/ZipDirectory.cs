using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SingleShot.Weights.Tensors;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Archive;

/// <summary>Reads the directory of a ZIP archive whose entries are stored as they are, as <c>torch.save</c> writes it.</summary>
/// <remarks>
/// A compressed entry may be there, as TorchScript's code is, and is not read: its true size is known only after the work of unpacking it, and
/// PyTorch compresses no tensors. So no archive can ask for more memory than it is long.
/// </remarks>
internal static class ZipDirectory
{
    // Beside the tensors, a torch archive has a handful of entries.
    private const int MaxEntries = FormatRule.MaxTensors + 1000;
    private const int MaxDirectoryBytes = 32 << 20;
    private const ushort Zip64Extra = 1;

    /// <summary>Reads the directory.</summary>
    /// <param name="stream">The archive; it can seek.</param>
    /// <returns>The entries by name.</returns>
    /// <exception cref="InvalidDataException">A rule of the format is broken.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(Stream stream)
    {
        var (count, size, offset) = FindDirectory(stream);
        var directory = ReadAt(stream, offset, checked((int)size));
        var entries = new Dictionary<string, ZipEntry>();
        var ranges = new List<(long Begin, long End, string Name)>();
        ReadOnlySpan<byte> rest = directory;
        for (var i = 0; i < count; i++)
        {
            Require(
                rest.Length >= ZipSignatures.DirectoryHeaderBytes && Word(rest) == ZipSignatures.DirectoryHeader,
                $"the archive's directory breaks off after {i} of {count} entries.");
            var nameLength = Half(rest[28..]);
            var extraLength = Half(rest[30..]);
            var length = ZipSignatures.DirectoryHeaderBytes + nameLength + extraLength + Half(rest[32..]);
            Require(rest.Length >= length, $"the archive's directory breaks off in entry {i}.");
            var nameBytes = rest.Slice(ZipSignatures.DirectoryHeaderBytes, nameLength);
            var header = ReadHeader(rest[..ZipSignatures.DirectoryHeaderBytes], Encoding.UTF8.GetString(nameBytes),
                rest.Slice(ZipSignatures.DirectoryHeaderBytes + nameLength, extraLength));
            var begin = DataOffset(stream, header, nameBytes, offset);
            Require(entries.TryAdd(header.Name, header with { Offset = begin }), $"entry '{header.Name}' is in the archive twice.");
            ranges.Add((header.Offset, begin + header.Size, header.Name));
            rest = rest[length..];
        }
        RequireApart(ranges);
        return entries;
    }

    /// <summary>An entry's bytes, their checksum proven.</summary>
    public static byte[] ReadEntry(Stream stream, ZipEntry entry, int longest)
    {
        Require(entry.Size <= longest, $"entry '{entry.Name}' is {entry.Size} bytes long; more than {longest} are not read here.");
        entry.RequireStored();
        var bytes = ReadAt(stream, entry.Offset, (int)entry.Size);
        var checksum = new Crc32();
        checksum.Append(bytes);
        entry.Check(checksum);
        return bytes;
    }

    private static (long Count, long Size, long Offset) FindDirectory(Stream stream)
    {
        var tailLength = (int)Math.Min(stream.Length, ZipSignatures.EndBytes + ushort.MaxValue);
        var tailOffset = stream.Length - tailLength;
        var tail = ReadAt(stream, tailOffset, tailLength);
        var at = tailLength - ZipSignatures.EndBytes;
        while (at >= 0 && (Word(tail.AsSpan(at)) != ZipSignatures.End || at + ZipSignatures.EndBytes + Half(tail.AsSpan(at + 20)) != tailLength))
        {
            at--;
        }
        Require(at >= 0, "the archive's end is missing: the file is cut short. Fetch it again.");
        var end = tail.AsSpan(at);
        long count = Half(end[10..]), size = Word(end[12..]), offset = Word(end[16..]);
        var endOffset = tailOffset + at;
        if (at >= ZipSignatures.End64LocatorBytes && Word(tail.AsSpan(at - ZipSignatures.End64LocatorBytes)) == ZipSignatures.End64Locator)
        {
            var end64Offset = Long(tail.AsSpan(at - ZipSignatures.End64LocatorBytes + 8));
            endOffset = end64Offset;
            Require(
                end64Offset >= 0 && end64Offset <= stream.Length - ZipSignatures.End64Bytes,
                "the archive's end names a place outside the file.");
            var end64 = ReadAt(stream, end64Offset, ZipSignatures.End64Bytes);
            Require(Word(end64) == ZipSignatures.End64, "the archive's end is damaged.");
            (count, size, offset) = (Long(end64.AsSpan(32)), Long(end64.AsSpan(40)), Long(end64.AsSpan(48)));
        }
        Require(count is >= 0 and <= MaxEntries, $"the archive says that it has {(ulong)count} entries; {MaxEntries} are read here at most.");
        Require(size is >= 0 and <= MaxDirectoryBytes, $"the archive's directory is {(ulong)size} bytes long; {MaxDirectoryBytes} are read here at most.");
        Require(offset >= 0 && offset <= endOffset - size, "the archive's directory lies outside the file: the file is cut short or damaged.");
        return (count, size, offset);
    }

    /// <summary>What the directory says of one entry; its offset is that of its local header yet.</summary>
    private static ZipEntry ReadHeader(ReadOnlySpan<byte> header, string name, ReadOnlySpan<byte> extra)
    {
        Require((Half(header[8..]) & ZipSignatures.Encrypted) == 0, $"entry '{name}' is encrypted.");
        var isStored = Half(header[10..]) == 0;
        long packed = Word(header[20..]), size = Word(header[24..]), offset = Word(header[42..]);
        if (packed == uint.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            var wide = FindExtra(extra, name);
            // The wide fields are there in this order, each only if the narrow one is full.
            size = Widen(size, ref wide, name);
            packed = Widen(packed, ref wide, name);
            offset = Widen(offset, ref wide, name);
        }
        Require(packed == size || !isStored, $"entry '{name}' is stored as it is, yet takes {(ulong)packed} bytes for {(ulong)size}.");
        return new ZipEntry(name, offset, packed, Word(header[16..]), isStored);
    }

    private static long Widen(long narrow, ref ReadOnlySpan<byte> wide, string name)
    {
        if (narrow != uint.MaxValue)
        {
            return narrow;
        }
        Require(wide.Length >= 8, $"entry '{name}' lacks its 64-bit sizes.");
        var value = Long(wide);
        wide = wide[8..];
        return value;
    }

    private static ReadOnlySpan<byte> FindExtra(ReadOnlySpan<byte> extra, string name)
    {
        while (extra.Length >= 4)
        {
            var length = Half(extra[2..]);
            Require(extra.Length >= 4 + length, $"entry '{name}' has a damaged extra field.");
            if (Half(extra) == Zip64Extra)
            {
                return extra.Slice(4, length);
            }
            extra = extra[(4 + length)..];
        }
        return [];
    }

    /// <summary>Where an entry's bytes begin, after its local header; they end before the directory.</summary>
    private static long DataOffset(Stream stream, ZipEntry header, ReadOnlySpan<byte> name, long directory)
    {
        var outside = $"entry '{header.Name}' lies outside the file's data: the file is cut short or damaged.";
        Require(header.Size >= 0 && header.Offset >= 0 && header.Offset <= directory - ZipSignatures.LocalHeaderBytes - name.Length, outside);
        var local = ReadAt(stream, header.Offset, ZipSignatures.LocalHeaderBytes + name.Length).AsSpan();
        Require(
            Word(local) == ZipSignatures.LocalHeader && Half(local[26..]) == name.Length
                && local[ZipSignatures.LocalHeaderBytes..].SequenceEqual(name),
            $"entry '{header.Name}' is not where the archive's directory says.");
        var begin = header.Offset + local.Length + Half(local[28..]);
        Require(header.Size <= directory - begin, outside);
        return begin;
    }

    /// <summary>No two entries lie over one another, so that together they are no longer than the file.</summary>
    private static void RequireApart(List<(long Begin, long End, string Name)> ranges)
    {
        ranges.Sort();
        for (var i = 1; i < ranges.Count; i++)
        {
            Require(ranges[i].Begin >= ranges[i - 1].End, $"entries '{ranges[i - 1].Name}' and '{ranges[i].Name}' lie over one another.");
        }
    }

    private static byte[] ReadAt(Stream stream, long offset, int length)
    {
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static ushort Half(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}

/// <summary>A file in an archive; where it lies is proven to be in the archive and no other entry's.</summary>
/// <param name="Name">Its name, with slashes.</param>
/// <param name="Offset">Where its first byte is, from the start of the archive.</param>
/// <param name="Size">The bytes that it takes in the archive.</param>
/// <param name="Checksum">The CRC-32 that it has to have, unpacked.</param>
/// <param name="IsStored">True where its bytes are in the archive as they are; false where they are compressed, which is not read here.</param>
internal sealed record ZipEntry(string Name, long Offset, long Size, uint Checksum, bool IsStored)
{
    /// <summary>Fails if the bytes are compressed.</summary>
    /// <exception cref="InvalidDataException">They are.</exception>
    public void RequireStored() => Require(
        IsStored, $"entry '{Name}' is compressed, which torch.save never does. Unpack the archive and zip it again with 'zip -0'.");

    /// <summary>Fails if a checksum is another.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public void Check(Crc32 found)
    {
        if (found.GetCurrentHashAsUInt32() != Checksum)
        {
            throw new InvalidDataException(
                $"entry '{Name}' has the checksum {found.GetCurrentHashAsUInt32():x8} and should have {Checksum:x8}: its bytes are damaged. "
                + "Fetch the file again.");
        }
    }
}
