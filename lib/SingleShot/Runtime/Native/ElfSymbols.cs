using System.IO.MemoryMappedFiles;
using System.Text;

namespace SingleShot.Runtime.Native;

/// <summary>The private symbols of a library, those that it does not export. They are in its file unless it was stripped.</summary>
internal static class ElfSymbols
{
    private const uint AllSymbols = 2; // SHT_SYMTAB
    private const ushort Undefined = 0; // SHN_UNDEF: the name of another library's

    /// <summary>Looks names up.</summary>
    /// <param name="library">Path of a 64-bit Linux library; some 20 ms for libtorch's half gigabyte once the system has it in memory.</param>
    /// <param name="names">The names, mangled.</param>
    /// <returns>The address of each, counted from where the library is loaded. Names that it does not have are missing.</returns>
    /// <exception cref="InvalidDataException">The file is not such a library, is too large, or has been stripped of its names.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static unsafe IReadOnlyDictionary<string, long> Addresses(string library, params ReadOnlySpan<string> names)
    {
        var length = new FileInfo(library).Length;
        ElfFile.Require(length is > 0 and <= int.MaxValue, $"It has {length} bytes: from 1 byte to 2 GiB can be read.");
        using var mapped = MemoryMappedFile.CreateFromFile(library, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        using var view = mapped.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return Addresses(new ReadOnlySpan<byte>(start + view.PointerOffset, (int)length), names);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("Its tables lead out of the file.", e);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static Dictionary<string, long> Addresses(ReadOnlySpan<byte> file, ReadOnlySpan<string> names)
    {
        ElfFile.Check(file);
        var table = ElfFile.FindSection(file, AllSymbols);
        var texts = ElfFile.SectionAt(file, table.Link);
        // A name is looked for among the texts, which is one fast scan, and then who begins at a place where it stands: it may be the end
        // of a longer one as well.
        var places = new Dictionary<uint, string>();
        foreach (var name in names)
        {
            var pattern = Encoding.ASCII.GetBytes(name + "\0");
            var start = 0;
            while (file.Slice(texts.Offset + start, texts.Size - start).IndexOf(pattern) is var place and >= 0)
            {
                places[(uint)(start + place)] = name;
                start += place + 1;
            }
        }
        var addresses = new Dictionary<string, long>();
        for (var i = 0; i < table.Size / ElfFile.SymbolSize && addresses.Count < names.Length; i++)
        {
            var symbol = table.Offset + i * ElfFile.SymbolSize;
            if (ElfFile.U16(file, symbol + 6) != Undefined && places.TryGetValue(ElfFile.U32(file, symbol), out var name))
            {
                addresses[name] = (long)ElfFile.U64(file, symbol + 8); // st_value
            }
        }
        return addresses;
    }
}
