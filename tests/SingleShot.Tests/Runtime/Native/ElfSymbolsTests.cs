using System.Text;
using AwesomeAssertions;
using SingleShot.Runtime.Native;
using Xunit;

namespace SingleShot.Tests.Runtime.Native;

public sealed class ElfSymbolsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void FileWithATableOfNames_TellsTheAddressOfEach_AndLeavesOutWhatItDoesNotHave()
    {
        Write(Library("inner_name\0other\0name\0"u8, [(1, 0x30), (12, 0x50), (18, 0x40)]));

        ElfSymbols.Addresses(_file, "name", "other", "absent").Should().Equal(new Dictionary<string, long> { ["name"] = 0x40, ["other"] = 0x50 });
    }

    [Fact]
    public void StrippedLibrary_IsRefused()
    {
        var stripped = Library("name\0"u8, [(1, 1)]);
        stripped[64 + 4] = 11; // of the table of exported names only
        Write(stripped);

        FluentActions.Invoking(() => ElfSymbols.Addresses(_file, "name")).Should().Throw<InvalidDataException>().WithMessage("*no section of type 0x2*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no library, but a text that is longer than the sixty-four bytes with which one begins")]
    public void OtherFile_IsRefused(string text)
    {
        Write(Encoding.ASCII.GetBytes(text));

        FluentActions.Invoking(() => ElfSymbols.Addresses(_file, "name")).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void TablesThatLeadOutOfTheFile_AreRefused()
    {
        var library = Library("name\0"u8, [(1, 1)]);
        library[64 + 24 + 3] = 0x7f; // where the table begins
        Write(library);

        FluentActions.Invoking(() => ElfSymbols.Addresses(_file, "name")).Should().Throw<InvalidDataException>();
    }

    public void Dispose() => File.Delete(_file);

    private void Write(byte[] content) => File.WriteAllBytes(_file, content);

    /// <summary>A header, two section headers right after it, the texts (after an empty one) and the table.</summary>
    private static byte[] Library(ReadOnlySpan<byte> texts, (uint Name, ulong Address)[] symbols)
    {
        var (textsAt, tableAt) = (64 + 2 * 64, 64 + 2 * 64 + 1 + texts.Length);
        var file = new byte[tableAt + 24 * symbols.Length];
        "\u007fELF\u0002\u0001"u8.CopyTo(file);
        BitConverter.TryWriteBytes(file.AsSpan(40), 64UL);       // e_shoff
        BitConverter.TryWriteBytes(file.AsSpan(60), (ushort)2);  // e_shnum
        Section(0, type: 2, tableAt, 24 * symbols.Length, link: 1);
        Section(1, type: 3, textsAt, 1 + texts.Length, link: 0);
        texts.CopyTo(file.AsSpan(textsAt + 1));
        foreach (var (i, (name, address)) in symbols.Index())
        {
            BitConverter.TryWriteBytes(file.AsSpan(tableAt + 24 * i), name);
            file[tableAt + 24 * i + 6] = 1; // st_shndx: it is this library's own
            BitConverter.TryWriteBytes(file.AsSpan(tableAt + 24 * i + 8), address);
        }
        return file;

        void Section(int index, uint type, int offset, int size, uint link)
        {
            var header = file.AsSpan(64 + 64 * index);
            BitConverter.TryWriteBytes(header[4..], type);
            BitConverter.TryWriteBytes(header[24..], (ulong)offset);
            BitConverter.TryWriteBytes(header[32..], (ulong)size);
            BitConverter.TryWriteBytes(header[40..], link);
        }
    }
}
