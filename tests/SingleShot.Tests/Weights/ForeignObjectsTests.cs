using AwesomeAssertions;
using AwesomeAssertions.Specialized;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Pickle;
using SingleShot.Weights.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Weights;

/// <summary>Checkpoints hold more than weights: what is no tensor is passed over, unbuilt, and named.</summary>
public sealed class ForeignObjectsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly long _liveTensors = LiveTensors.Count;

    /// <summary>What stands beside the weights, and how it is named.</summary>
    public static TheoryData<string, string> Beside => new()
    {
        { "argparse.Namespace", "argparse.Namespace" },
        { "numpy scalar", "numpy.core.multiarray.scalar" },
        { "numpy array", "numpy.core.multiarray._reconstruct" },
        { "path", "pathlib.PosixPath" },
        { "date", "datetime.datetime" },
        { "enum", "__main__.Color" },
        { "list of its own class", "fastai.L" },
        { "dictionary of its own class", "omegaconf.DictConfig" },
        { "keyword arguments", "__main__.Point" },
        { "INST", "__main__.Old" },
        { "OBJ", "__main__.Old" },
        { "function", "torch.nn.functional.relu" },
        { "partial", "functools.partial" },
        { "command", "posix.system" },
    };

    private string FilePath => _folder.File("checkpoint.pth");

    public void Dispose()
    {
        LiveTensors.Count.Should().Be(_liveTensors);
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Beside))]
    public void WhatIsNoTensor_IsPassedOverAndNamed(string kind, string name)
    {
        var pickle = Pickles.Of(pickle => Foreign(kind, pickle.Do(Opcode.EmptyDict).Text("model").Do(Opcode.EmptyDict).Text("a")
            .Pair().Do(Opcode.SetItem).Do(Opcode.SetItem).Text("beside")).Do(Opcode.SetItem));

        foreach (var file in (byte[][])[Pickles.Archive(pickle, Pickles.PairBytes), Pickles.Legacy(pickle, ("0", 2, Pickles.PairBytes))])
        {
            using var scope = NewDisposeScope();
            using var read = Read(file);

            read.Names.Should().Equal("model.a");
            read.Tensors["model.a"].Numbers().Should().Equal(1, 2);
            read.Skipped.Should().Equal($"'beside' is what {name} would make");
        }
    }

    [Theory]
    [MemberData(nameof(Beside))]
    public void FileWithoutTensors_IsRefusedWithTheNameOfWhatItHas(string kind, string name)
    {
        var inside = Pickles.Of(pickle => Foreign(kind, pickle.Do(Opcode.EmptyDict).Text("model")).Do(Opcode.SetItem));
        var alone = Pickles.Of(pickle => Foreign(kind, pickle));

        Refused(Pickles.Archive(inside)).WithMessage($"{FilePath}*'model' is what {name} would make*Nothing of that is built or run*state_dict()*");
        Refused(Pickles.Archive(alone)).WithMessage($"*the whole is what {name} would make*");
        Refused(Pickles.Legacy(alone)).WithMessage($"*the whole is what {name} would make*");
        Refused(alone).WithMessage($"*torch.save did not write, of what {name} would make; nothing was run*");
    }

    [Fact]
    public void DictionariesAndSizesOfACheckpoint_AreRead()
    {
        using var read = Read(Pickles.Archive(Pickles.Of(pickle => pickle.Do(Opcode.EmptyDict).Do(Opcode.Mark)
            .Text("milestones").Global("collections", "Counter").Do(Opcode.EmptyDict).Number(60).Number(1).Do(Opcode.SetItem).Do(Opcode.Tuple1).Do(Opcode.Reduce)
            .Text("state").Global("collections", "defaultdict").Global("builtins", "dict").Do(Opcode.Tuple1).Do(Opcode.Reduce)
                .Number(0).Pair().Do(Opcode.SetItem)
            .Text("size").Global("torch", "Size").Numbers([2, 3]).Do(Opcode.Tuple1).Do(Opcode.Reduce)
            .Text("device").Global("torch", "device").Text("cuda").Number(1).Do(Opcode.Tuple2).Do(Opcode.Reduce)
            .Text("dtype").Global("torch", "float32")
            .Do(Opcode.SetItems)), Pickles.PairBytes));

        read.Names.Should().Equal("state.0");
        read.Skipped.Should().BeEmpty();
        read.Metadata.Should().Equal(new Dictionary<string, string>
        {
            ["milestones.60"] = "1",
            ["size.0"] = "2",
            ["size.1"] = "3",
            ["device"] = "cuda:1",
            ["dtype"] = "torch.float32",
        });
    }

    [Fact]
    public void ParametersAndTensorsWithAttributes_AreRead()
    {
        using var scope = NewDisposeScope();
        using var read = Read(Pickles.Archive(Pickles.Of(pickle =>
        {
            pickle.Do(Opcode.EmptyDict).Do(Opcode.Mark);
            foreach (var (module, name) in new[] { ("torch.nn.parameter", "Parameter"), ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state") })
            {
                pickle.Text(name).Global(module, name).Do(Opcode.Mark).Pair().Do(Opcode.NewTrue)
                    .Do(Opcode.EmptyDict).Do(Opcode.EmptyDict).Do(Opcode.Tuple).Do(Opcode.Reduce);
            }
            pickle.Text("attributed").Global("torch._tensor", "_rebuild_from_type_v2").Do(Opcode.Mark)
                .Global("torch._utils", "_rebuild_parameter").Global("torch.nn.parameter", "Parameter")
                .Tensor("FloatStorage", 2, 1, [1], [1], "0").Do(Opcode.Tuple1).Do(Opcode.EmptyDict).Do(Opcode.Tuple).Do(Opcode.Reduce)
                .Do(Opcode.SetItems);
        }), Pickles.PairBytes));

        read.Tensors.ToDictionary(entry => entry.Key, entry => entry.Value.Numbers()).Should().BeEquivalentTo(new Dictionary<string, double[]>
        {
            ["Parameter"] = [1, 2],
            ["_rebuild_parameter"] = [1, 2],
            ["_rebuild_parameter_with_state"] = [1, 2],
            ["attributed"] = [2],
        });
    }

    [Fact]
    public void TensorThatIsOnlyInAnObject_IsNoWeight()
    {
        var beside = Pickles.Of(pickle => pickle.Do(Opcode.EmptyDict).Do(Opcode.Mark).Text("a").Pair()
            .Text("object").Global("__main__", "Wrap").Pair().Do(Opcode.Tuple1).Do(Opcode.NewObj) // an argument
            .Do(Opcode.EmptyDict).Text("weight").Pair().Do(Opcode.SetItem).Do(Opcode.Build) // an attribute
            .Text("key").Pair().Do(Opcode.SetItem) // an item
            .Do(Opcode.SetItems));

        using var read = Read(Pickles.Archive(beside, Pickles.PairBytes));

        read.Names.Should().Equal("a");
        read.Skipped.Should().Equal("'object' is what __main__.Wrap would make");
    }

    [Fact]
    public void KeyThatIsNoText_IsPassedOver()
    {
        using var read = Read(Pickles.Archive(Pickles.Of(pickle => pickle.Do(Opcode.EmptyDict).Text("a").Pair().Do(Opcode.SetItem)
            .Text("table").Do(Opcode.EmptyDict).Numbers([1, 2]).Number(3).Do(Opcode.SetItem).Text("kept").Number(4).Do(Opcode.SetItem).Do(Opcode.SetItem)), Pickles.PairBytes));

        read.Names.Should().Equal("a");
        read.Metadata.Should().Equal(new Dictionary<string, string> { ["table.kept"] = "4" });
        read.Skipped.Should().Equal("'table' has a key that is neither text nor number");
    }

    private static PickleWriter Foreign(string kind, PickleWriter pickle) => kind switch
    {
        "argparse.Namespace" => pickle.Global("argparse", "Namespace").Do(Opcode.EmptyTuple).Do(Opcode.NewObj)
            .Do(Opcode.EmptyDict).Text("lr").Number(1).Do(Opcode.SetItem).Do(Opcode.Build),
        "numpy scalar" => Bytes(NumpyType(pickle.Global("numpy.core.multiarray", "scalar"))).Do(Opcode.Tuple2).Do(Opcode.Reduce),
        "numpy array" => Bytes(NumpyType(pickle.Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Numbers([0]).Text("b").Do(Opcode.Tuple3)
            .Do(Opcode.Reduce).Do(Opcode.Mark).Number(1).Numbers([1])).Do(Opcode.NewFalse)).Do(Opcode.Tuple).Do(Opcode.Build),
        "path" => pickle.Global("pathlib", "PosixPath").Text("/").Text("home").Do(Opcode.Tuple2).Do(Opcode.Reduce),
        "date" => Bytes(pickle.Global("datetime", "datetime")).Do(Opcode.Tuple1).Do(Opcode.Reduce),
        "enum" => pickle.Global("__main__", "Color").Number(1).Do(Opcode.Tuple1).Do(Opcode.Reduce),
        "list of its own class" => pickle.Global("fastai", "L").Do(Opcode.EmptyTuple).Do(Opcode.NewObj).Number(1).Do(Opcode.Append)
            .Do(Opcode.Mark).Number(2).Number(3).Do(Opcode.Appends),
        "dictionary of its own class" => pickle.Global("omegaconf", "DictConfig").Do(Opcode.EmptyTuple).Do(Opcode.NewObj).Text("a").Number(1).Do(Opcode.SetItem)
            .Do(Opcode.Mark).Text("b").Number(3).Do(Opcode.SetItems),
        "keyword arguments" => pickle.Global("__main__", "Point").Do(Opcode.EmptyTuple).Do(Opcode.EmptyDict).Do(Opcode.NewObjEx),
        "INST" => pickle.Do(Opcode.Mark).Number(1).Do(Opcode.Inst).Lines("__main__", "Old"),
        "OBJ" => pickle.Do(Opcode.Mark).Global("__main__", "Old").Number(1).Do(Opcode.Obj),
        "function" => pickle.Global("torch.nn.functional", "relu"),
        "partial" => pickle.Global("functools", "partial").Global("builtins", "print").Do(Opcode.Tuple1).Do(Opcode.Reduce).Number(1).Do(Opcode.Tuple1).Do(Opcode.Reduce),
        _ => pickle.Global("posix", "system").Text("touch owned").Do(Opcode.Tuple1).Do(Opcode.Reduce),
    };

    private static PickleWriter NumpyType(PickleWriter pickle) => pickle.Global("numpy", "dtype").Text("f8").Do(Opcode.NewFalse).Do(Opcode.NewTrue).Do(Opcode.Tuple3)
        .Do(Opcode.Reduce).Do(Opcode.Mark).Number(3).Text("<").Do(Opcode.None).Do(Opcode.Tuple).Do(Opcode.Build);

    /// <summary>Bytes as protocols before 3 write them.</summary>
    private static PickleWriter Bytes(PickleWriter pickle) => pickle.Global("_codecs", "encode").Text("\0à").Text("latin1").Do(Opcode.Tuple2).Do(Opcode.Reduce);

    private NamedTensors Read(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        return WeightFile.Read(FilePath);
    }

    private ExceptionAssertions<WeightFileException> Refused(byte[] bytes) =>
        FluentActions.Invoking(() => Read(bytes).Dispose()).Should().Throw<WeightFileException>();
}
