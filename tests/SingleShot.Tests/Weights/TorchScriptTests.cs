using System.IO.Compression;
using AwesomeAssertions;
using AwesomeAssertions.Specialized;
using SingleShot.Weights;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

/// <summary>Programs that torch.jit.save wrote: their tensors are read, their code is not.</summary>
public sealed class TorchScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("program.pt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ProgramWithItsCodeCompressed_GivesItsTensorsByTheNamesOfItsStateDictionary()
    {
        using var scope = NewDisposeScope();
        using var read = Read(pickle => pickle.Module("__torch__", "Net", members => members
            .Text("training").Do(Opcode.NewFalse)
            .Text("_is_full_backward_hook").Do(Opcode.None)
            .Text("scale").Pair()
            .Text("features").Module("__torch__.torch.nn.modules.container", "Sequential", layers => layers
                .Text("0").Module("__torch__.torch.nn.modules.conv.___torch_mangle_1", "Conv2d", layer => layer
                    .Text("weight").Pair()
                    .Text("stride").Global("torch.jit._pickle", "build_intlist").Numbers([1, 1]).Do(Opcode.Tuple1).Do(Opcode.Reduce)))));

        read.Names.Should().Equal("scale", "features.0.weight");
        read.Tensors["features.0.weight"].Numbers().Should().Equal(1, 2);
        read.Metadata.Should().Equal(new Dictionary<string, string> { ["training"] = "false" });
        read.Skipped.Should().Equal("'features.0.stride' is what torch.jit._pickle.build_intlist would make");
    }

    [Fact]
    public void ProgramWithoutTensors_IsNamedAsOne() =>
        Refused(pickle => pickle.Global("__torch__", "Net").Do(Opcode.EmptyTuple).Do(Opcode.NewObj))
            .WithMessage($"{FilePath}*__torch__.Net of a TorchScript program*Save the program's state_dict()*");

    [Fact]
    public void ModulesInOneAnother_OverAndOver_AreRefused()
    {
        Refused(pickle => pickle.Global("__torch__", "Net").Do(Opcode.EmptyTuple).Do(Opcode.NewObj).Do(Opcode.Memoize)
            .Do(Opcode.EmptyDict).Text("self").Raw((byte)Opcode.BinGet).Raw(0).Do(Opcode.SetItem).Do(Opcode.Build)).WithMessage("*too often*");
        Refused(pickle =>
        {
            pickle.Do(Opcode.None);
            for (var i = 0; i < 100_000; i++)
            {
                // The object below is the attribute of the next: it is put in a tuple while that one is made.
                pickle.Do(Opcode.Tuple1).Raw((byte)Opcode.BinPut).Raw(1).Do(Opcode.Pop).Global("__torch__", "N").Do(Opcode.EmptyTuple).Do(Opcode.NewObj)
                    .Do(Opcode.EmptyDict).Number(0).Raw((byte)Opcode.BinGet).Raw(1).Do(Opcode.SetItem).Do(Opcode.Build);
            }
        }).WithMessage("*too often*");
    }

    private NamedTensors Read(Action<PickleWriter> write)
    {
        File.Delete(FilePath);
        using (var archive = ZipFile.Open(FilePath, ZipArchiveMode.Create))
        {
            Add(archive, "data/0", Pickles.PairBytes, CompressionLevel.NoCompression);
            Add(archive, "data.pkl", Pickles.Of(write), CompressionLevel.NoCompression);
            Add(archive, "code/__torch__.py", new byte[1000], CompressionLevel.Optimal);
            Add(archive, "constants.pkl", Pickles.Of(pickle => pickle.Do(Opcode.EmptyTuple)), CompressionLevel.NoCompression);
        }
        return WeightFile.Read(FilePath);
    }

    private ExceptionAssertions<WeightFileException> Refused(Action<PickleWriter> write) =>
        FluentActions.Invoking(() => Read(write).Dispose()).Should().Throw<WeightFileException>();

    private static void Add(ZipArchive archive, string name, byte[] bytes, CompressionLevel compression)
    {
        using var entry = archive.CreateEntry($"program/{name}", compression).Open();
        entry.Write(bytes);
    }
}
