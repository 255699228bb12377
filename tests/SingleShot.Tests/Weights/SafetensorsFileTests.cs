using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Runtime.Files;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("singleshot-").FullName;

    private string FilePath => Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void EachType_ComesBackBitForBit(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var value = empty([3, 5], dtype: type);
        var random = new Random((int)type);
        random.NextBytes(value.bytes); // NaNs and infinities of every kind among them
        if (type == ScalarType.Bool)
        {
            value.bytes.Clear();
            value[1, 2] = true;
        }
        SafetensorsFile.Write(FilePath, [("value", value)]);
        using var content = SafetensorsFile.Read(FilePath);
        var read = content.Tensors["value"];
        read.dtype.Should().Be(type);
        read.shape.Should().Equal(3, 5);
        read.bytes.ToArray().Should().Equal(value.bytes.ToArray());
    }

    [Fact]
    public void EmptyScalarTransposedAndMetadata_ComeBack()
    {
        using var scope = NewDisposeScope();
        var transposed = arange(6, dtype: ScalarType.Int64).reshape(2, 3).t();
        SafetensorsFile.Write(
            FilePath,
            [("flag", tensor(true)), ("none", zeros(0, 4)), ("scalar", tensor(2.5)), ("größe \"x\"", transposed), ("trained", ones(2, requires_grad: true))],
            new Dictionary<string, string> { ["format"] = "pt", ["note"] = "é\n" });
        using var content = SafetensorsFile.Read(FilePath);
        content.Names.Should().Equal("flag", "none", "scalar", "größe \"x\"", "trained");
        content.Metadata.Should().Equal(new Dictionary<string, string> { ["format"] = "pt", ["note"] = "é\n" });
        content.Tensors["none"].shape.Should().Equal(0, 4);
        content.Tensors["scalar"].shape.Should().BeEmpty();
        content.Tensors["scalar"].item<double>().Should().Be(2.5);
        content.Tensors["größe \"x\""].data<long>().ToArray().Should().Equal(0, 3, 1, 4, 2, 5);
    }

    [Fact]
    public void TensorOfManyPieces_ComesBack()
    {
        using var scope = NewDisposeScope();
        var value = arange((1 << 23) + 3, dtype: ScalarType.Int32);
        SafetensorsFile.Write(FilePath, [("value", value)]);
        using var content = SafetensorsFile.Read(FilePath);
        content.Tensors["value"].Equals(value).Should().BeTrue();
    }

    [Fact]
    public void NoTensors_ComeBackAsNone()
    {
        SafetensorsFile.Write(FilePath, []);
        using var content = SafetensorsFile.Read(FilePath);
        content.Names.Should().BeEmpty();
    }

    [Fact]
    public void Tensors_OutliveTheScopeTheyWereReadIn_AndDieWithTheContent()
    {
        using var value = ones(3);
        SafetensorsFile.Write(FilePath, [("value", value)]);
        var before = LiveTensors.Count;
        NamedTensors content;
        using (NewDisposeScope())
        {
            content = SafetensorsFile.Read(FilePath);
        }
        content.Tensors["value"].IsInvalid.Should().BeFalse();
        content.Dispose();
        LiveTensors.Count.Should().Be(before);
    }

    [Fact]
    public void NameTwiceOrReserved_OrTypeUnknown_IsRefusedBeforeAnythingIsWritten()
    {
        using var scope = NewDisposeScope();
        var value = ones(1);
        FluentActions.Invoking(() => SafetensorsFile.Write(FilePath, [("a", value), ("a", value)])).Should().Throw<ArgumentException>().WithMessage("*'a'*");
        FluentActions.Invoking(() => SafetensorsFile.Write(FilePath, [("__metadata__", value)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => SafetensorsFile.Write(FilePath, [("c", value.to(complex64))])).Should().Throw<ArgumentException>().WithMessage("*'c'*");
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public void FailingWrite_NamesThePathAndLeavesWhatWasThere()
    {
        using var value = ones(1);
        var missing = Path.Combine(_folder, "missing", "weights.safetensors");
        FluentActions.Invoking(() => SafetensorsFile.Write(missing, [("a", value)])).Should().Throw<IOException>().WithMessage($"*{missing}*");

        Directory.CreateDirectory(Path.Combine(FilePath, "kept")); // a folder where the file should go: the rename fails
        FluentActions.Invoking(() => SafetensorsFile.Write(FilePath, [("a", value)])).Should().Throw<IOException>().WithMessage($"*{FilePath}*");
        Directory.GetFileSystemEntries(_folder).Should().Equal(FilePath);
    }

    [Fact]
    public void WriteThatBreaksOffHalfway_LeavesTheOldFile()
    {
        File.WriteAllText(FilePath, "old");
        FluentActions.Invoking(() => AtomicFile.Write(FilePath, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("No space left on device.");
        })).Should().Throw<IOException>().WithMessage($"{FilePath}*No space left*");
        File.ReadAllText(FilePath).Should().Be("old");
        Directory.GetFileSystemEntries(_folder).Should().Equal(FilePath);
    }

    [Fact]
    public void FileThatIsNotThere_IsNamed() =>
        FluentActions.Invoking(() => SafetensorsFile.Read(FilePath)).Should().Throw<FileNotFoundException>().WithMessage($"{FilePath} does not exist*");

    [Fact]
    public void Folder_IsNamedAsOne() => FluentActions.Invoking(() => SafetensorsFile.Read(Path.GetDirectoryName(FilePath)!))
        .Should().Throw<FileNotFoundException>().WithMessage("* is a folder, not a file: check the path.");
}
