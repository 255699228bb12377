using AwesomeAssertions;
using AwesomeAssertions.Specialized;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using Xunit;

namespace SingleShot.Tests.Weights;

/// <summary>A pickle costs no more than its bytes do: what is kept once and recalled a hundred thousand times, and what is without end, is bounded.</summary>
public sealed class PickleCostTests : IDisposable
{
    private const int Times = 100_000;

    // A call comes to four objects of some tens of bytes; each text below is a megabyte.
    private const long Most = Times * 1000L;

    private static readonly string Long = new('x', 1 << 20);

    private readonly TemporaryFolder _folder = new();
    private readonly long _liveTensors = LiveTensors.Count;

    private string FilePath => _folder.File("costly.pth");

    public void Dispose()
    {
        LiveTensors.Count.Should().Be(_liveTensors, "a file that is refused leaves no tensor");
        _folder.Dispose();
    }

    [Fact]
    public void LongBytes_EncodedOverAndOver_AreNotMade() => Cost(
        pickle => pickle.Global("_codecs", "encode").Text(Long).Text("latin1").Do(Opcode.Tuple2),
        pickle => pickle.Recall(0).Recall(1).Do(Opcode.Reduce)).Should().BeLessThan(Most);

    [Fact]
    public void LongNames_AskedForOverAndOver_AreNotJoined() => Cost(
        pickle => pickle.Text(Long).Text(Long),
        pickle => pickle.Recall(0).Recall(1).Do(Opcode.StackGlobal)).Should().BeLessThan(Most);

    [Fact]
    public void DictionaryOfALongList_MadeOverAndOver_IsOne() => Cost(
        pickle =>
        {
            pickle.Global("collections", "OrderedDict").Do(Opcode.EmptyList).Do(Opcode.Mark);
            for (var i = 0; i < 10_000; i++)
            {
                pickle.Number(i).Number(i).Do(Opcode.Tuple2);
            }
            pickle.Do(Opcode.Appends).Do(Opcode.Tuple1);
        },
        pickle => pickle.Recall(0).Recall(1).Do(Opcode.Reduce)).Should().BeLessThan(Most);

    [Fact]
    public void DeviceOfALongName_IsRefused() => Refused(
        pickle => pickle.Global("torch", "device").Text(Long).Number(1).Do(Opcode.Tuple2).Do(Opcode.Reduce)).WithMessage("*torch.device arguments*");

    [Fact]
    public void DescriptionsOfTensors_AreCountedThoughNothingHoldsThem() => Refused(pickle =>
    {
        pickle.Do(Opcode.EmptyDict).Global("torch._utils", "_rebuild_tensor_v2").Do(Opcode.Memoize).Do(Opcode.Mark)
            .Do(Opcode.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(2).Do(Opcode.Tuple).Do(Opcode.BinPersId)
            .Number(0).Numbers([2]).Numbers([1]).Do(Opcode.Tuple).Do(Opcode.Memoize).Do(Opcode.Pop).Do(Opcode.Pop);
        for (var i = 0; i <= Times; i++)
        {
            pickle.Recall(0).Recall(1).Do(Opcode.Reduce).Do(Opcode.Pop);
        }
    }).WithMessage("*more than 100000 tensors*");

    [Fact]
    public void TensorsWithAttributes_OfOneAnother_AreRefused() => Refused(pickle =>
    {
        pickle.Global("torch._tensor", "_rebuild_from_type_v2").Do(Opcode.Memoize).Do(Opcode.Pop).Do(Opcode.EmptyTuple).Do(Opcode.Memoize).Do(Opcode.Pop);
        for (var i = 0; i < Times; i++)
        {
            pickle.Recall(0).Do(Opcode.None).Recall(1).Do(Opcode.Tuple3).Raw((byte)Opcode.BinPut).Raw(1).Do(Opcode.Pop);
        }
        pickle.Recall(0).Recall(1).Do(Opcode.Reduce);
    }).WithMessage("*_rebuild_from_type_v2 arguments*");

    [Fact]
    public void ObjectsInOneAnother_HoweverDeep_ArePassedOver()
    {
        File.WriteAllBytes(FilePath, Pickles.Archive(Pickles.Of(pickle =>
        {
            pickle.Do(Opcode.EmptyDict).Text("a").Pair().Do(Opcode.SetItem).Text("tower").Global("__main__", "Node").Do(Opcode.Memoize);
            for (var i = 0; i < Times; i++)
            {
                pickle.Do(Opcode.Tuple1).Raw((byte)Opcode.BinPut).Raw(1).Do(Opcode.Pop).Recall(0).Recall(1).Do(Opcode.NewObj).Do(Opcode.Dup).Do(Opcode.Build);
            }
            pickle.Do(Opcode.SetItem);
        }), Pickles.PairBytes));

        using var read = WeightFile.Read(FilePath);

        read.Names.Should().Equal("a");
        read.Skipped.Should().Equal("'tower' is what __main__.Node would make");
    }

    [Fact]
    public void MillionNumbers_AreRead_AndAMillionTensorsAreRefused()
    {
        File.WriteAllBytes(FilePath, Pickles.Archive(Pickles.Of(pickle =>
        {
            pickle.Do(Opcode.EmptyDict).Do(Opcode.Mark);
            for (var i = 0; i < 1_000_000; i++)
            {
                pickle.Text($"key {i}").Number(i);
            }
            pickle.Do(Opcode.SetItems);
        })));
        using (var read = PyTorchFile.Read(FilePath))
        {
            read.Metadata.Should().HaveCount(1_000_000);
        }
        Refused(Pickles.Archive(Pickles.Of(pickle =>
        {
            pickle.Do(Opcode.EmptyDict).Do(Opcode.Mark).Tensor("FloatStorage", 6, 0, [6], [1], "0").Raw((byte)Opcode.BinPut).Raw(0).Do(Opcode.Pop);
            for (var i = 0; i < 1_000_000; i++)
            {
                pickle.Number(i).Raw((byte)Opcode.BinGet).Raw(0);
            }
            pickle.Do(Opcode.SetItems);
        }), new byte[24])).WithMessage("*more than 100000 tensors*");
    }

    [Fact]
    public void ContainersInOneAnother_OverAndOver_AreRefused()
    {
        // A list in itself; lists of ten of the list before, which come to 10^20; a hundred thousand lists in one another.
        Refused(Pickles.Archive(Pickles.Raw((byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a'))).WithMessage("*too often*");
        List<byte> laughs = [(byte)']', (byte)'q', 0];
        for (byte level = 1; level <= 20; level++)
        {
            laughs.AddRange([(byte)']', (byte)'q', level, (byte)'(']);
            laughs.AddRange(Enumerable.Repeat(new byte[] { (byte)'h', (byte)(level - 1) }, 10).SelectMany(pair => pair));
            laughs.Add((byte)'e');
        }
        Refused(Pickles.Archive(Pickles.Raw([.. laughs]))).WithMessage("*too often*");
        Refused(Pickles.Archive(Pickles.Raw([(byte)')', .. Enumerable.Repeat((byte)0x85, 100_000)]))).WithMessage("*too often*");
    }

    [Fact]
    public void LongNames_OfManyTensors_AreRefused() => Refused(Pickles.Archive(Pickles.Of(pickle =>
    {
        pickle.Do(Opcode.EmptyDict).Text(new string('x', 1 << 20)).Do(Opcode.EmptyDict).Do(Opcode.Mark);
        for (var i = 0; i < 10_000; i++)
        {
            pickle.Number(i).Number(i);
        }
        pickle.Do(Opcode.SetItems).Do(Opcode.SetItem);
    }))).WithMessage("*too often*");

    [Fact]
    public void PickleOfTooManyInstructions_IsRefused()
    {
        foreach (var opcode in (Opcode[])[Opcode.Mark, Opcode.EmptyDict, Opcode.EmptyList, Opcode.None])
        {
            Refused(Pickles.Archive(Pickles.Raw([.. Enumerable.Repeat((byte)opcode, 4_000_000)]))).WithMessage("*3500000 instructions*");
        }
        Refused(Pickles.Archive(new byte[(32 << 20) + 1])).WithMessage("*'archive/data.pkl' is 33554433 bytes long*");
        Refused([.. Pickles.Legacy([0x80, 2])[..^5], .. Enumerable.Repeat((byte)'N', 33 << 20)]);
    }

    /// <summary>Memory that reading takes of a file that keeps two values and does something with them over and over.</summary>
    private static long Cost(Action<PickleWriter> keepTwo, Action<PickleWriter> recall)
    {
        var bytes = Pickles.Archive(Pickles.Of(pickle =>
        {
            keepTwo(pickle);
            pickle.Raw((byte)Opcode.BinPut).Raw(1).Do(Opcode.Pop).Raw((byte)Opcode.BinPut).Raw(0).Do(Opcode.Pop).Do(Opcode.EmptyList).Do(Opcode.Mark);
            for (var i = 0; i < Times; i++)
            {
                recall(pickle);
            }
            pickle.Do(Opcode.PopMark).Pair().Do(Opcode.Append);
        }), Pickles.PairBytes);
        using var stream = new MemoryStream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        WeightFile.Read(stream).Dispose();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private ExceptionAssertions<WeightFileException> Refused(Action<PickleWriter> write) => Refused(Pickles.Archive(Pickles.Of(write), Pickles.PairBytes));

    private ExceptionAssertions<WeightFileException> Refused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        return FluentActions.Invoking(() => WeightFile.Read(FilePath).Dispose()).Should().Throw<WeightFileException>();
    }
}
