using System.Buffers.Binary;
using System.Text;

namespace SingleShot.Runtime.Native;

/// <summary>Reads a 64-bit little-endian ELF file, which is what a library on Linux is. Layout: the ELF-64 object file format.</summary>
internal static class ElfFile
{
    /// <summary>Bytes of an entry in a table of symbols.</summary>
    public const int SymbolSize = 24;

    private const int SectionHeaderSize = 64;

    /// <summary>Checks the beginning and the end of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or is cut short.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        Require(file.Length > SectionHeaderSize && file[..6].SequenceEqual("\u007fELF\u0002\u0001"u8), "It is not a 64-bit little-endian ELF file.");
        Require(SectionHeader(file, U16(file, 60)) <= file.Length, "It is cut short."); // e_shnum headers, the last thing in the file
    }

    /// <summary>The first section of a type.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static Section FindSection(ReadOnlySpan<byte> file, uint type)
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

    public static Section SectionAt(ReadOnlySpan<byte> file, int index)
    {
        var header = SectionHeader(file, index);
        return new Section((int)U64(file, header + 24), (int)U64(file, header + 32), (int)U32(file, header + 40));
    }

    public static ushort U16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    public static uint U32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);

    public static ulong U64(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt64LittleEndian(file[at..]);

    public static string Text(ReadOnlySpan<byte> file, int at) => Encoding.ASCII.GetString(file[at..][..file[at..].IndexOf((byte)0)]);

    public static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException(reason);
        }
    }

    private static int SectionHeader(ReadOnlySpan<byte> file, int index) => (int)U64(file, 40) + index * SectionHeaderSize; // e_shoff

    /// <summary>A part of the file.</summary>
    /// <param name="Offset">Where it begins.</param>
    /// <param name="Size">Its bytes.</param>
    /// <param name="Link">The section that it leans on: that of a table's names.</param>
    public readonly record struct Section(int Offset, int Size, int Link);
}
