using System.IO.Compression;
using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Fixtures => [.. TorchFixtures.Names];

    private string FilePath => _folder.File("weights.pth");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void FileOfTorch_HoldsWhatTorchSaved(string name)
    {
        var before = LiveTensors.Count;
        using (var file = WeightFile.Read(TorchFixtures.PathOf($"{name}.pth")))
        {
            var expected = TorchFixtures.Expected(name);

            file.Names.Should().Equal(expected.Select(entry => entry.Name));
            foreach (var entry in expected)
            {
                var value = file.Tensors[entry.Name];
                TorchName(value.dtype).Should().Be(entry.Type, entry.Name);
                value.shape.Should().Equal(entry.Shape, entry.Name);
                Hex(value).Should().Be(entry.Hex, entry.Name);
            }
        }
        LiveTensors.Count.Should().Be(before);
    }

    [Theory]
    [InlineData("views")]
    [InlineData("views-legacy")]
    public void TensorsOverOneStorage_ShareMemoryAgain(string name)
    {
        using var scope = NewDisposeScope();
        using var file = PyTorchFile.Read(TorchFixtures.PathOf($"{name}.pth"));

        file.Tensors["whole"][9] = -1f; // row 1, column 3

        file.Tensors["offset"][0, 1].item<float>().Should().Be(-1);
        file.Tensors["transposed"][3, 1].item<float>().Should().Be(-1);
        file.Tensors["strided"].stride().Should().Equal(5);
        file.Tensors["channels_last"].stride().Should().Equal(24, 1, 8, 2);
    }

    [Theory]
    [InlineData("nested")]
    [InlineData("nested-legacy")]
    [InlineData("nested-protocol4")]
    public void NumbersAndTextsBesideTheTensors_AreKept(string name)
    {
        using var file = PyTorchFile.Read(TorchFixtures.PathOf($"{name}.pth"));

        file.Metadata.Should().Contain(new Dictionary<string, string>
        {
            ["epoch"] = "12",
            ["big"] = "1180591620717411303424",
            ["best"] = "0.25",
            ["note"] = "größe",
            ["shape.1"] = "3",
            ["classes.0"] = "a",
            ["optimizer.param_groups.0.lr"] = "0.5",
        });
    }

    [Fact]
    public void WrittenTensors_ComeBackBitForBit()
    {
        using var scope = NewDisposeScope();
        using var all = PyTorchFile.Read(TorchFixtures.PathOf("types.pth"));
        using var views = PyTorchFile.Read(TorchFixtures.PathOf("views.pth"));
        (string Name, Tensor Value)[] tensors =
        [
            .. all.Names.Select(name => (name, all.Tensors[name])), .. views.Names.Select(name => (name, views.Tensors[name])),
            ("größe \"x\"", ones(2, requires_grad: true)),
        ];

        PyTorchFile.Write(FilePath, tensors);

        using var read = WeightFile.Read(FilePath);
        read.Names.Should().Equal(tensors.Select(entry => entry.Name));
        foreach (var (name, value) in tensors)
        {
            (read.Tensors[name].dtype, Hex(read.Tensors[name])).Should().Be((value.dtype, Hex(value)), name);
            read.Tensors[name].shape.Should().Equal(value.shape, name);
        }
    }

    [Fact]
    public void WrittenArchive_IsSoundToAnotherReader_AndItsTensorsBeginAtMultiplesOf64()
    {
        using var scope = NewDisposeScope();
        PyTorchFile.Write(FilePath, [("a", arange(1000, 1003, dtype: ScalarType.Int16)), ("b", arange(1 << 19, dtype: ScalarType.Float64))]);

        var bytes = File.ReadAllBytes(FilePath);
        using var archive = ZipFile.OpenRead(FilePath);
        archive.Entries.Select(entry => entry.FullName).Should()
            .Equal("archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/version");
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            entry.Open().CopyTo(content);
            PlainCrc32(content.ToArray()).Should().Be(entry.Crc32, entry.FullName);
            if (entry.FullName.Contains("/data/", StringComparison.Ordinal))
            {
                (bytes.AsSpan().IndexOf(content.ToArray()) % 64).Should().Be(0, entry.FullName);
            }
        }
    }

    [Fact]
    public void SameTensors_AreTheSameBytes()
    {
        using var value = ones(3);
        PyTorchFile.Write(FilePath, [("a", value)]);
        var first = File.ReadAllBytes(FilePath);

        PyTorchFile.Write(FilePath, [("a", value)]);

        File.ReadAllBytes(FilePath).Should().Equal(first);
    }

    [Fact]
    public void NameTwice_OrTypeUnknown_IsRefusedBeforeAnythingIsWritten()
    {
        using var scope = NewDisposeScope();
        var value = ones(1);
        FluentActions.Invoking(() => PyTorchFile.Write(FilePath, [("a", value), ("a", value)])).Should().Throw<ArgumentException>().WithMessage("*'a'*");
        FluentActions.Invoking(() => PyTorchFile.Write(FilePath, [("c", value.to(complex64))])).Should().Throw<ArgumentException>().WithMessage("*'c'*");
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("w.pth")]
    [InlineData("w.PT")]
    [InlineData("w.safetensors")]
    public void Format_IsChosenByTheNameWhenWriting_AndByTheContentWhenReading(string name)
    {
        using var value = ones(2, 3);
        WeightFile.Write(_folder.File(name), [("a", value)]);
        File.Move(_folder.File(name), _folder.File("renamed.bin"));

        using var read = WeightFile.Read(_folder.File("renamed.bin"));

        read.Tensors["a"].Equals(value).Should().BeTrue();
    }

    [Fact]
    public void NameThatTellsNoFormat_IsRefused() =>
        FluentActions.Invoking(() => WeightFile.Write(_folder.File("weights.bin"), [])).Should().Throw<ArgumentException>().WithMessage("*weights.bin*.pth*.safetensors*");

    [Fact]
    public void NoTensors_ComeBackAsNone()
    {
        PyTorchFile.Write(FilePath, []);
        using var read = PyTorchFile.Read(FilePath);
        read.Names.Should().BeEmpty();
    }

    private static string TorchName(ScalarType type) => type == ScalarType.Byte ? "uint8" : type.ToString().ToLowerInvariant();

    private static string Hex(Tensor value)
    {
        using var scope = NewDisposeScope();
        var plain = value.detach().contiguous();
        return Convert.ToHexStringLower(plain.NumberOfElements == 0 ? [] : plain.bytes);
    }

    /// <summary>The checksum bit by bit, as its definition has it.</summary>
    private static uint PlainCrc32(byte[] bytes)
    {
        var remainder = uint.MaxValue;
        foreach (var value in bytes)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 1 ? (remainder >> 1) ^ 0xEDB88320 : remainder >> 1;
            }
        }
        return ~remainder;
    }
}
