using System.Buffers.Binary;
using System.Text;
using static SingleShot.Runtime.Native.ElfFile;

namespace SingleShot.Runtime.Native;

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
        Check(file);
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
}
