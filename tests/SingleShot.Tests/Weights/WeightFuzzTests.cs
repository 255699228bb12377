using System.Buffers.Binary;
using AwesomeAssertions;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

/// <summary>120,000 damaged files: each is read or refused, and nothing else happens.</summary>
public sealed class WeightFuzzTests
{
    private const int Rounds = 30_000;

    [Fact]
    public void DamagedArchives_AreReadOrRefused() => Fuzz(File.ReadAllBytes(TorchFixtures.PathOf("module.pth")), seed: 1, bytes => bytes);

    // A checksum hides the pickle behind it from random damage; here it is made to fit.
    [Fact]
    public void ArchivesOfDamagedPickles_AreReadOrRefused() => Fuzz(SmallPickle(), seed: 2, bytes => Pickles.Archive(bytes, new byte[24]));

    [Fact]
    public void DamagedFilesOfTheOlderFormat_AreReadOrRefused() =>
        Fuzz(File.ReadAllBytes(TorchFixtures.PathOf("module-legacy.pth")), seed: 3, bytes => bytes);

    [Fact]
    public void DamagedSafetensors_AreReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(
            folder.File("a"), [("a", ones(2, 3)), ("flag", zeros(5, dtype: ScalarType.Bool)), ("none", zeros(0, 2))], new Dictionary<string, string> { ["k"] = "v" });
        Fuzz(File.ReadAllBytes(folder.File("a")), seed: 4, bytes => bytes);
    }

    /// <summary>Every instruction that builds containers, keeps and recalls, beside a tensor.</summary>
    private static byte[] SmallPickle() => Pickles.Of(pickle => pickle
        .Do(Opcode.EmptyDict).Do(Opcode.Memoize).Do(Opcode.Mark)
        .Text("a").Tensor("FloatStorage", 6, 1, [2, 2], [3, 1], "0").Do(Opcode.Memoize)
        .Text("b").Do(Opcode.EmptyList).Do(Opcode.Mark).Number(1).Number(1L << 40).Do(Opcode.NewTrue).Do(Opcode.Appends)
        .Text("c").Global("torch", "Size").Numbers([2, 3]).Do(Opcode.Tuple1).Do(Opcode.Reduce)
        .Text("d").Raw((byte)Opcode.BinGet).Raw(1)
        .Do(Opcode.SetItems));

    private static void Fuzz(byte[] original, int seed, Func<byte[], byte[]> wrap)
    {
        var random = new Random(seed);
        var before = LiveTensors.Count;
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var stream = new MemoryStream(wrap(Damaged(original, random)));
            try
            {
                using var read = WeightFile.Read(stream, "damaged", "weights", WeightFile.Read);
                Touch(read);
            }
            catch (WeightFileException)
            {
                refused++;
            }
        }
        refused.Should().BeInRange(Rounds / 4, Rounds - 1);
        LiveTensors.Count.Should().Be(before);
    }

    /// <summary>Looks at every element, where there are not more of them than a stride of 0 makes of one.</summary>
    private static void Touch(NamedTensors read)
    {
        using var scope = NewDisposeScope();
        foreach (var value in read.Tensors.Values.Where(value => value.NumberOfElements < 1000))
        {
            _ = value.contiguous().bytes.ToArray().Sum(one => one);
        }
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = original[random.Next(original.Length)]; break;
                case 3: bytes.RemoveAt(at); break;
                case 4: bytes.Insert(at, original[random.Next(original.Length)]); break;
                case 5: Overwrite(bytes, at, random); break;
                default: bytes.RemoveRange(at, random.Next(Math.Min(8, bytes.Count - at))); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Numbers at the edges of what their types hold.</summary>
    private static void Overwrite(List<byte> bytes, int at, Random random)
    {
        long[] edges = [0, -1, 1, long.MaxValue, long.MinValue, int.MaxValue, uint.MaxValue, 1L << 32, ushort.MaxValue];
        var number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, edges[random.Next(edges.Length)]);
        var width = 1 << random.Next(4);
        for (var i = 0; i < Math.Min(width, bytes.Count - at); i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
