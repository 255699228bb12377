using System.IO.Compression;
using System.Text;
using AwesomeAssertions;
using AwesomeAssertions.Specialized;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using Xunit;

namespace SingleShot.Tests.Weights;

public sealed class PyTorchBadInputTests : IDisposable
{
    private static readonly byte[] Floats = new byte[24];

    private readonly TemporaryFolder _folder = new();
    private readonly long _liveTensors = LiveTensors.Count;

    private string FilePath => _folder.File("bad.pth");

    public void Dispose()
    {
        LiveTensors.Count.Should().Be(_liveTensors, "a file that is refused leaves no tensor");
        _folder.Dispose();
    }

    [Theory]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch._utils", "_rebuild_qtensor")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch", "ComplexFloatStorage")]
    public void TensorInAFormThatIsNotRead_IsRefusedByName(string module, string name)
    {
        var call = Pickles.Of(pickle => pickle.Global(module, name).Do(Opcode.Mark).Text("x").Do(Opcode.Tuple).Do(Opcode.Reduce));
        var stacked = Pickles.Of(pickle => pickle.Text(module).Text(name).Do(Opcode.StackGlobal).Do(Opcode.Mark).Text("x").Do(Opcode.Tuple).Do(Opcode.Reduce));

        foreach (var pickle in (byte[][])[call, stacked])
        {
            Refused(Pickles.Archive(pickle)).WithMessage($"{FilePath}*asks for {module}.{name},*nothing was run*state_dict()*");
            Refused(Pickles.Legacy(pickle)).WithMessage($"*asks for {module}.{name},*");
            Refused([0x80, 2, .. pickle]).WithMessage($"*asks for {module}.{name},*");
        }
    }

    [Fact]
    public void ObjectOfWhatIsNoClass_IsRefused()
    {
        Refused(Pickles.Archive(Pickles.Raw((byte)'(', (byte)'N', (byte)'o'))).WithMessage("*no function*");
        Refused(Pickles.Archive(Pickles.Raw((byte)'(', (byte)'o'))).WithMessage("*object of no class*");
        Refused(Pickles.Archive(Pickles.Raw((byte)'N', (byte)'N', (byte)'N', 0x92))).WithMessage("*what is no class*");
        Refused(Pickles.Archive(Pickles.Raw(Pickles.Line('P', "storage")))).WithMessage("*by a text*");
        Refused(Pickles.Archive(Pickles.Of(pickle => pickle.Tensor("FloatStorage", 6, 0, [6], [1], "0").Do(Opcode.EmptyDict).Do(Opcode.Build))))
            .WithMessage("*attributes*");
    }

    [Theory]
    [InlineData(6, 0, new long[] { 7 }, new long[] { 1 }, "'a', Float32 [7],*element 6*has 6.")]
    [InlineData(6, 1, new long[] { 2, 3 }, new long[] { 3, 1 }, "'a'*begins at element 1*reaches to element 6*")]
    [InlineData(6, -1, new long[] { 2, 3 }, new long[] { 3, 1 }, "'a'*begins at element -1*")]
    [InlineData(6, 7, new long[] { }, new long[] { }, "'a'*begins at element 7*")]
    [InlineData(6, 0, new long[] { 2 }, new[] { long.MaxValue }, "'a'*reaches to element 9223372036854775807*")]
    [InlineData(6, 0, new long[] { 3, 3 }, new[] { long.MaxValue, long.MaxValue }, "'a'*reaches to element*")]
    [InlineData(6, long.MaxValue, new long[] { 2 }, new[] { long.MaxValue }, "'a'*")]
    [InlineData(6, 0, new[] { long.MaxValue, 2 }, new long[] { 0, 0 }, "'a'*larger than any memory*")]
    [InlineData(6, 0, new[] { 0, long.MaxValue, 2 }, new long[] { 0, 0, 0 }, "'a'*larger than any memory*")]
    [InlineData(6, 0, new long[] { -2 }, new long[] { 1 }, "'a'*negative*")]
    [InlineData(6, 5, new long[] { 2 }, new long[] { -1 }, "'a'*negative*")]
    [InlineData(6, 0, new long[] { 6 }, new long[] { }, "'a'*0 strides*")]
    [InlineData(7, 0, new long[] { 7 }, new long[] { 1 }, "archive/data/0*24 bytes*7 elements*")]
    [InlineData(5, 0, new long[] { 5 }, new long[] { 1 }, "archive/data/0*24 bytes*5 elements*")]
    [InlineData(-6, 0, new long[] { 6 }, new long[] { 1 }, "no storage of a known type*")]
    [InlineData(long.MaxValue, 0, new long[] { 6 }, new long[] { 1 }, "archive/data/0*24 bytes*")]
    public void TensorThatIsNotInItsStorage_IsRefusedByName(long count, long offset, long[] sizes, long[] strides, string message)
    {
        var pickle = Pickles.Tensor(count: count, offset: offset, sizes: sizes, strides: strides);

        Refused(Pickles.Archive(pickle, Floats)).WithMessage($"{FilePath}*{message}");
        Refused(Pickles.Legacy(pickle, ("0", count, Floats)));
    }

    [Fact]
    public void StorageThatIsMissingOrOfAnotherKind_IsRefusedByKey()
    {
        Refused(Pickles.Archive(Pickles.Tensor())).WithMessage("*'archive/data/0'*missing*");
        Refused(Pickles.Archive(Pickles.Tensor("ComplexFloatStorage"), Floats)).WithMessage("*torch.ComplexFloatStorage*");
        Refused(Pickles.Archive(Pickles.Tensor("BoolStorage", sizes: [6], strides: [1]), [0, 1, 1, 2, 0, 0])).WithMessage("*storage '0' is BOOL*");
        Refused(Pickles.Archive(Pickles.Of(pickle => pickle.Do(Opcode.EmptyList)
            .Tensor("FloatStorage", 6, 0, [6], [1], "0").Do(Opcode.Append).Tensor("IntStorage", 6, 0, [6], [1], "0").Do(Opcode.Append)), Floats))
            .WithMessage("*'0' is described in two ways*");

        Refused(Pickles.Legacy(Pickles.Tensor())).WithMessage("*storage '0'*missing*");
        Refused(Pickles.Legacy(Pickles.Tensor(), ("0", 5, Floats))).WithMessage("*'0' has 5 elements*6*");
        Refused(Pickles.Legacy(Pickles.Tensor(), ("0", 6, Floats[1..]))).WithMessage("*'0'*reaches beyond the file*");
        Refused(Pickles.Legacy(Pickles.Tensor(), ("0", 6, [.. Floats, 0]))).WithMessage("*last 1 bytes*");
        Refused(Pickles.Legacy(Pickles.Tensor(), ("0", 6, Floats), ("0", 6, Floats))).WithMessage("*listed twice*");
        Refused(Pickles.Legacy(Pickles.Tensor(), ("1", 6, Floats))).WithMessage("*'1'*nothing described*");
    }

    [Fact]
    public void ViewOfAStorage_InTheOlderFormat_IsRead_AndRefusedBeyondIt()
    {
        byte[] Of(long begin, long count) => Pickles.Legacy(
            Pickles.Of(pickle => pickle.Do(Opcode.EmptyDict).Text("a").Tensor(
                "ByteStorage", 6, 1, [2], [1], "0",
                view => view.Do(Opcode.Mark).Text("view").Number(begin).Number(count).Do(Opcode.Tuple)).Do(Opcode.SetItem)),
            ("0", 6, [10, 11, 12, 13, 14, 15]));

        File.WriteAllBytes(FilePath, Of(2, 3));
        using (var read = PyTorchFile.Read(FilePath))
        {
            read.Tensors["a"].bytes.ToArray().Should().Equal(13, 14);
        }
        Refused(Of(2, 2)).WithMessage("*'a'*reaches to element 2*has 2*");
        Refused(Of(4, 3)).WithMessage("*'a'*looks at 3 elements from 4*has 6*");
        Refused(Of(-1, 3)).WithMessage("*'a'*looks at*");
        Refused(Of(long.MaxValue, long.MaxValue)).WithMessage("*'a'*looks at*");
    }

    [Fact]
    public void FlippedBit_InAnyTensor_IsFoundByItsChecksum()
    {
        var bytes = Pickles.Archive(Pickles.Tensor(), Floats);
        File.WriteAllBytes(FilePath, bytes);
        PyTorchFile.Read(FilePath).Dispose();

        var storage = bytes.AsSpan().IndexOf("archive/data/0"u8);
        bytes[(storage + 64) / 64 * 64 + 7] ^= 4;

        Refused(bytes).WithMessage("*'archive/data/0'*checksum*damaged*");
    }

    [Fact]
    public void EveryLength_OfACutFile_IsRefused()
    {
        foreach (var whole in (byte[][])[Pickles.Archive(Pickles.Tensor(), Floats), Pickles.Legacy(Pickles.Tensor(), ("0", 6, Floats))])
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Refused(whole[..length]);
            }
        }
    }

    [Fact]
    public void CompressedEntry_HoweverSmall_IsRefusedUnopened()
    {
        using (var archive = ZipFile.Open(FilePath, ZipArchiveMode.Create))
        {
            using (var pickle = archive.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
            {
                pickle.Write(Pickles.Tensor("ByteStorage", 1L << 30, 0, [1 << 30], [1]));
            }
            using var bomb = archive.CreateEntry("archive/data/0", CompressionLevel.Optimal).Open();
            for (var i = 0; i < 64; i++)
            {
                bomb.Write(new byte[1 << 20]);
            }
        }
        var bytes = File.ReadAllBytes(FilePath);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bytes).WithMessage("*'archive/data/0' is compressed*zip -0*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20, "of the 64 MB in the entry nothing is unpacked");
    }

    [Fact]
    public void EntriesOverOneAnother_AreRefused()
    {
        // The directory's record of data/0 is made to name the place of data/1, whose bytes both would be.
        var bytes = Pickles.Archive(Pickles.Tensor(), Floats, Floats);
        var directory = bytes.AsSpan().LastIndexOf("archive/data/0"u8) - 46;
        var other = bytes.AsSpan().LastIndexOf("archive/data/1"u8) - 46;
        bytes.AsSpan(other + 42, 4).CopyTo(bytes.AsSpan(directory + 42, 4));
        Refused(bytes).WithMessage("*'archive/data/0' is not where*");

        // With its local name changed as well, there are two entries of one place.
        bytes[bytes.AsSpan().IndexOf("archive/data/1"u8) + 13] = (byte)'0';
        bytes[other + 46 + 13] = (byte)'0';
        Refused(bytes).WithMessage("*'archive/data/0'*twice*");
    }

    [Theory]
    [InlineData(new byte[] { 0x8b, 0xff, 0xff, 0xff, 0x7f }, "*number of 2147483647 bytes*")]
    [InlineData(new byte[] { (byte)'B', 0xff, 0xff, 0xff, 0xff }, "*breaks off*")]
    [InlineData(new byte[] { (byte)'T', 0xff, 0xff, 0xff, 0xff }, "*breaks off*")]
    [InlineData(new byte[] { 0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, "*breaks off*")]
    [InlineData(new byte[] { 0x95, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, "*breaks off*")]
    [InlineData(new byte[] { (byte)'N', (byte)'r', 0xff, 0xff, 0xff, 0xff }, "*out of order*")]
    [InlineData(new byte[] { (byte)'j', 0xff, 0xff, 0xff, 0xff }, "*never kept*")]
    [InlineData(new byte[] { (byte)'N', (byte)'q', 1, (byte)'h', 0 }, "*never kept*")]
    [InlineData(new byte[] { (byte)'(', (byte)'R' }, "*empty stack*")]
    [InlineData(new byte[] { (byte)'N', (byte)'(', (byte)'a' }, "*empty stack*")]
    [InlineData(new byte[] { (byte)'t' }, "*never opened*")]
    [InlineData(new byte[] { (byte)'N', (byte)'N', (byte)'a' }, "*no list*")]
    [InlineData(new byte[] { (byte)'}', (byte)'(', (byte)'N', (byte)'u' }, "*key without a value*")]
    [InlineData(new byte[] { (byte)'N', (byte)')', (byte)'R' }, "*no function*")]
    [InlineData(new byte[] { (byte)'N', (byte)'Q' }, "*no storage*")]
    [InlineData(new byte[] { 0x80, 9 }, "*protocol after 5*")]
    [InlineData(new byte[] { 0xff }, "*byte ff*")]
    [InlineData(new byte[] { (byte)'N' }, "*no dictionary of tensors*")]
    public void PickleThatBreaksARule_IsRefused(byte[] instructions, string message) => Refused(Pickles.Archive(Pickles.Raw(instructions))).WithMessage(message);

    [Theory]
    [InlineData("", "*empty*")]
    [InlineData("<!DOCTYPE html><html>", "*begins as neither*")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "*begins as neither*Git LFS*")]
    [InlineData("PK", "*cut short*")]
    public void FileOfAnotherKind_IsRefused(string content, string message) => Refused(Encoding.ASCII.GetBytes(content)).WithMessage($"{FilePath}{message}");

    [Fact]
    public void MachineOfAnotherByteOrder_IsNamed() => Refused([
        .. Pickles.Legacy([]).Take(15), .. Pickles.Of(pickle => pickle.Number(1001)),
        .. Pickles.Of(pickle => pickle.Do(Opcode.EmptyDict).Text("little_endian").Do(Opcode.NewFalse).Do(Opcode.SetItem))]).WithMessage("*bytes are in another order*");

    [Fact]
    public void FileThatIsNotThere_IsNamed() =>
        FluentActions.Invoking(() => WeightFile.Read(FilePath)).Should().Throw<FileNotFoundException>().WithMessage($"{FilePath} does not exist*");

    private ExceptionAssertions<WeightFileException> Refused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        return FluentActions.Invoking(() => WeightFile.Read(FilePath).Dispose()).Should().Throw<WeightFileException>();
    }
}
