using System.Buffers.Binary;
using System.Text;

namespace SingleShot.Runtime;

/// <summary>
/// Takes from a 64-bit Linux library its one need for GLIBCXX_3.4.32, so that it loads with the libstdc++ of GCC 12 and older.
/// </summary>
/// <remarks>
/// The need is for <see cref="Symbol"/>, which newer libstdc++ calls to set up its streams, and which older ones do by other
/// means. The reference is pointed at a harmless function of every version, and the version's entry in the list of needs at
/// GLIBCXX_3.4.30. Layout: the ELF-64 object file format, and the Linux Standard Base on symbol versioning.
/// </remarks>
internal static class ElfVersionPatch
{
    /// <summary>The one symbol that asks for the newer version.</summary>
    public const string Symbol = "_ZSt21ios_base_library_initv";

    // std::uncaught_exception(): takes nothing, changes nothing, and its name fits where the other was.
    private const string Replacement = "_ZSt18uncaught_exceptionv";

    private const string NewVersion = "GLIBCXX_3.4.32";
    private const string OldVersion = "GLIBCXX_3.4.30";
    private const string BaseVersion = "GLIBCXX_3.4";

    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint DynamicSymbols = 11;          // SHT_DYNSYM
    private const uint VersionNeeds = 0x6ffffffe;    // SHT_GNU_verneed
    private const uint SymbolVersions = 0x6fffffff;  // SHT_GNU_versym

    /// <summary>Makes the patched copy.</summary>
    /// <param name="library">The whole file; left as it is.</param>
    /// <returns>A copy of the same length that needs no libstdc++ newer than GCC 12's.</returns>
    /// <exception cref="InvalidDataException">The file is not the library that this patch was made for.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> library)
    {
        var file = library.ToArray();
        try
        {
            Patch(file);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("It is cut short, or not an ELF file.", e);
        }
        return file;
    }

    private static void Patch(Span<byte> file)
    {
        Require(file.Length > SectionHeaderSize && file[..6].SequenceEqual("\u007fELF\u0002\u0001"u8), "It is not a 64-bit little-endian ELF file.");
        Require(SectionHeader(file, U16(file, 60)) <= file.Length, "It is cut short."); // e_shnum headers, the last thing in the file
        var symbols = FindSection(file, DynamicSymbols);
        var versions = FindSection(file, SymbolVersions);
        var needs = FindSection(file, VersionNeeds);
        var strings = SectionAt(file, symbols.Link);
        var (newNeed, oldNeed, baseNeed) =
            (FindNeed(file, needs, strings, NewVersion), FindNeed(file, needs, strings, OldVersion), FindNeed(file, needs, strings, BaseVersion));
        var newIndex = U16(file, newNeed + 6); // vna_other: the number by which .gnu.version refers to it

        var users = new List<int>();
        for (var i = 0; i < symbols.Size / SymbolSize; i++)
        {
            if (U16(file, versions.Offset + 2 * i) == newIndex)
            {
                users.Add(i);
            }
        }
        Require(users.Count == 1, $"{users.Count} of its symbols need {NewVersion}, not 1.");

        var name = (int)U32(file, symbols.Offset + users[0] * SymbolSize);
        Require(Text(file, strings.Offset + name) == Symbol, $"The symbol that needs {NewVersion} is not {Symbol}.");
        for (var i = 0; i < symbols.Size / SymbolSize; i++)
        {
            var other = (int)U32(file, symbols.Offset + i * SymbolSize);
            Require(i == users[0] || other < name || other > name + Symbol.Length, "Another symbol's name shares the bytes to be changed.");
        }

        BinaryPrimitives.WriteUInt16LittleEndian(file[(versions.Offset + 2 * users[0])..], U16(file, baseNeed + 6));
        var bytes = file.Slice(strings.Offset + name, Symbol.Length);
        bytes.Clear();
        Encoding.ASCII.GetBytes(Replacement, bytes);
        file.Slice(oldNeed, 4).CopyTo(file[newNeed..]);           // vna_hash
        file.Slice(oldNeed + 8, 4).CopyTo(file[(newNeed + 8)..]); // vna_name
    }

    /// <summary>Offset of the vernaux entry of a version, over every library in the list of needs.</summary>
    private static int FindNeed(ReadOnlySpan<byte> file, Section needs, Section strings, string version)
    {
        for (var need = needs.Offset; ;)
        {
            var entry = need + (int)U32(file, need + 8); // vn_aux
            for (var left = U16(file, need + 2); left > 0; left--)
            {
                if (Text(file, strings.Offset + (int)U32(file, entry + 8)) == version)
                {
                    return entry;
                }
                entry += (int)U32(file, entry + 12); // vna_next
            }
            var next = (int)U32(file, need + 12); // vn_next
            Require(next > 0, $"It has no need for {version}.");
            need += next;
        }
    }

    private static Section FindSection(ReadOnlySpan<byte> file, uint type)
    {
        for (var i = 0; i < U16(file, 60); i++) // e_shnum
        {
            if (U32(file, SectionHeader(file, i) + 4) == type)
            {
                return SectionAt(file, i);
            }
        }
        throw new InvalidDataException($"It has no section of type 0x{type:x}.");
    }

    private static Section SectionAt(ReadOnlySpan<byte> file, int index)
    {
        var header = SectionHeader(file, index);
        return new Section((int)U64(file, header + 24), (int)U64(file, header + 32), (int)U32(file, header + 40));
    }

    private static int SectionHeader(ReadOnlySpan<byte> file, int index) => (int)U64(file, 40) + index * SectionHeaderSize; // e_shoff

    private static ushort U16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private static uint U32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);

    private static ulong U64(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt64LittleEndian(file[at..]);

    private static string Text(ReadOnlySpan<byte> file, int at) => Encoding.ASCII.GetString(file[at..][..file[at..].IndexOf((byte)0)]);

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException(reason);
        }
    }

    private readonly record struct Section(int Offset, int Size, int Link);
}
