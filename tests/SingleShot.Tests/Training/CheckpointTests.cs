using System.Text.Json.Nodes;
using AwesomeAssertions;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using SingleShot.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

public sealed class CheckpointTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public async Task ResumedRun_EqualsOneThatNeverStopped()
    {
        var path = Path.Combine(shapes.Folder, "resume.safetensors");
        using var whole = new SmallRun(shapes.Data, steps: 10, batchSize: 8);
        await whole.Trainer.TrainAsync();

        using (var first = new SmallRun(shapes.Data, steps: 4, batchSize: 8))
        {
            await first.Trainer.TrainAsync();
            Checkpoint.Save(path, first.Trainer);
        }
        using var second = new SmallRun(shapes.Data, steps: 10, batchSize: 8);
        Checkpoint.Resume(path, second.Trainer);
        second.Trainer.StepsTaken.Should().Be(4);
        await second.Trainer.TrainAsync();

        second.Trainer.History.Select(step => step.Total).Should().Equal(whole.Trainer.History.Select(step => step.Total));
        Weights(second.Network).Should().Equal(Weights(whole.Network));
    }

    [Fact]
    public async Task LoadedNetwork_PredictsWhatTheSavedOneDid()
    {
        var path = Path.Combine(shapes.Folder, "new", "folder", "load.safetensors");
        using var run = new SmallRun(shapes.Data, steps: 2, batchSize: 8);
        await run.Trainer.TrainAsync();
        Checkpoint.Save(path, run.Trainer);

        using var loaded = Checkpoint.LoadNetwork(path);

        loaded.Specification.ToJson().Should().Be(run.Network.Specification.ToJson());
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        run.Network.eval();
        loaded.eval();
        var input = rand(1, 3, 96, 96);
        loaded.call(input).Scores.Numbers().Should().Equal(run.Network.call(input).Scores.Numbers());
    }

    [Fact]
    public async Task NetworkSavedAlone_PredictsTheSame_InLessThanTwoThirdsOfTheFile_AndCannotBeTrainedOn()
    {
        var (whole, alone) = (Path.Combine(shapes.Folder, "whole.safetensors"), Path.Combine(shapes.Folder, "alone.safetensors"));
        using var run = new SmallRun(shapes.Data, steps: 2, batchSize: 8);
        await run.Trainer.TrainAsync();
        Checkpoint.Save(whole, run.Trainer);
        Checkpoint.SaveNetwork(alone, run.Network);

        using var loaded = Checkpoint.LoadNetwork(alone);

        Weights(loaded).Should().Equal(Weights(run.Network));
        new FileInfo(alone).Length.Should().BeLessThan(new FileInfo(whole).Length * 2 / 3);
        FluentActions.Invoking(() => Checkpoint.Resume(alone, run.Trainer)).Should().Throw<InvalidDataException>().WithMessage("*no history*cannot be trained on*");
    }

    [Fact]
    public void NetworkWithNaN_IsNotSaved_AndTheFileThatWasThereStays()
    {
        var path = Path.Combine(shapes.Folder, "kept.safetensors");
        using var network = new SsdNetwork(Specifications.Small(["cat"]), seed: 1);
        Checkpoint.SaveNetwork(path, network);
        var before = File.ReadAllBytes(path);
        using (no_grad())
        {
            network.parameters().First().fill_(float.NaN);
        }

        FluentActions.Invoking(() => Checkpoint.SaveNetwork(path, network)).Should().Throw<InvalidOperationException>().WithMessage("*NaN*");
        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Fact]
    public async Task CheckpointOfAnotherSpecification_IsRefusedWithTheDifference_AndNothingChanges()
    {
        var path = Path.Combine(shapes.Folder, "other.safetensors");
        using var saved = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await saved.Trainer.TrainAsync();
        Checkpoint.Save(path, saved.Trainer);
        using var other = new SmallRun(shapes.Data, 1, 8, Specifications.Small(shapes.Data.ClassNames) with { NoObject = NoObject.LowConfidence });
        var before = Weights(other.Network);

        var resume = () => Checkpoint.Resume(path, other.Trainer);

        resume.Should().Throw<InvalidDataException>().WithMessage("*another specification*BackgroundClass*LowConfidence*");
        Weights(other.Network).Should().Equal(before);
        other.Trainer.StepsTaken.Should().Be(0);
    }

    [Fact]
    public void FileThatIsNoCheckpoint_IsRefusedByName()
    {
        var path = Path.Combine(shapes.Folder, "weights.safetensors");
        SafetensorsFile.Write(path, []);

        var load = () => Checkpoint.LoadNetwork(path);

        load.Should().Throw<InvalidDataException>().WithMessage($"{path}: not a checkpoint*specification*");
    }

    [Fact]
    public async Task SavingThatFails_LeavesTheFileThatWasThere()
    {
        var folder = Directory.CreateDirectory(Path.Combine(shapes.Folder, "taken")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "run.safetensors", "in the way")); // a folder where the file should go
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await run.Trainer.TrainAsync();

        var save = () => Checkpoint.Save(Path.Combine(folder, "run.safetensors"), run.Trainer);

        save.Should().Throw<IOException>().WithMessage("*run.safetensors*");
        Directory.GetFileSystemEntries(folder).Should().ContainSingle("no half-written file may stay");
    }

    [Fact]
    public async Task RunThatIsNotFinite_IsNotSaved_AndTheFileOfBeforeStays()
    {
        var path = Path.Combine(shapes.Folder, "finite.safetensors");
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await run.Trainer.TrainAsync();
        Checkpoint.Save(path, run.Trainer);
        var good = await File.ReadAllBytesAsync(path);
        foreach (var (tensor, name) in new[]
        {
            (run.Network.state_dict()["backbone.features.0.weight"], "network.backbone.features.0.weight"),
            (run.Network.state_dict()["backbone.features.1.running_var"], "network.backbone.features.1.running_var"),
            (run.Trainer.Optimizer.Velocities[0]!, "momentum.backbone.features.0.weight"),
        })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad(); // of this thread: nothing is awaited below
            var kept = tensor.clone();
            tensor.flatten()[..2] = double.NaN;

            FluentActions.Invoking(() => Checkpoint.Save(path, run.Trainer)).Should().Throw<InvalidOperationException>()
                .WithMessage($"{path} is not written*: tensor {name} is NaN or infinite in 2 of {tensor.NumberOfElements} numbers.*");

            File.ReadAllBytes(path).Should().Equal(good);
            tensor.copy_(kept);
        }
        Checkpoint.Save(path, run.Trainer);
    }

    [Theory]
    [InlineData("network.backbone.features.1.running_var")]
    [InlineData("momentum.backbone.features.0.weight")]
    public async Task CheckpointWithNaN_IsRefusedByTheTensorsName_AndNothingChanges(string tensor)
    {
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await run.Trainer.TrainAsync();
        var path = Changed(run, _ => { }, value => value.name == tensor ? (value.name, full_like(value.Item2, float.NaN)) : value);
        using var other = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        var before = Weights(other.Network);

        FluentActions.Invoking(() => Checkpoint.Resume(path, other.Trainer)).Should().Throw<InvalidDataException>().WithMessage($"{path}: tensor {tensor} is NaN*");

        Weights(other.Network).Should().Equal(before);
        other.Trainer.StepsTaken.Should().Be(0);
        var load = () => Checkpoint.LoadNetwork(path);
        if (tensor.StartsWith("momentum", StringComparison.Ordinal))
        {
            load.Should().NotThrow("it does not need the momentum").Which.Dispose();
            return;
        }
        load.Should().Throw<InvalidDataException>().WithMessage($"{path}: tensor {tensor} is NaN*AllowNotFinite*");
        using var looked = PublishedWeights.LoadNetwork(run.Network.Specification, path, new WeightLoading { AllowNotFinite = true });
        using var input = zeros(1, 3, 96, 96);
        FiniteCheck.Of(looked, input).Name.Should().Be("backbone.features.1.running_var");
    }

    [Fact]
    public void FolderThatCannotBeMade_IsNamedWithTheFile()
    {
        var path = Path.Combine(shapes.Data.Samples[0].ImagePath, "run.safetensors");
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);

        var save = () => Checkpoint.Save(path, run.Trainer);

        save.Should().Throw<IOException>().WithMessage($"{path} cannot be written, because its folder cannot be made*");
    }

    [Theory]
    [InlineData("specification", "{", "no network can be built from its specification*")]
    [InlineData("specification", "\"InputSize\": -96", "no network can be built from its specification*-96*")]
    [InlineData("history", "[{", "its history cannot be read*")]
    public void DamagedText_IsRefusedByFileAndPart(string key, string text, string message)
    {
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        var path = Changed(run, metadata => metadata[key] = text.Contains(':') ? metadata[key].Replace("\"InputSize\": 96", text) : text, value => value);

        Action read = key == "history" ? () => Checkpoint.Resume(path, run.Trainer) : () => Checkpoint.LoadNetwork(path);

        read.Should().Throw<InvalidDataException>().WithMessage($"{path}: {message}");
    }

    [Fact]
    public async Task CheckpointFromBeforeASpecificationSaidAsMuch_ResumesAndLoads()
    {
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await run.Trainer.TrainAsync();
        var path = Changed(run, metadata =>
        {
            var specification = JsonNode.Parse(metadata["specification"])!.AsObject();
            specification.Remove(nameof(SsdSpecification.Convolutions));
            specification.Remove(nameof(SsdSpecification.Detection));
            metadata["specification"] = specification.ToJsonString();
        }, value => value);
        using var other = new SmallRun(shapes.Data, steps: 1, batchSize: 8);

        Checkpoint.Resume(path, other.Trainer);
        using var loaded = Checkpoint.LoadNetwork(path);

        other.Trainer.StepsTaken.Should().Be(1);
        loaded.Specification.ToJson().Should().Be(run.Network.Specification.ToJson());
    }

    [Fact]
    public async Task MomentumOfAnotherShape_IsRefusedByName_AndNothingChanges()
    {
        using var run = new SmallRun(shapes.Data, steps: 1, batchSize: 8);
        await run.Trainer.TrainAsync();
        var path = Changed(run, _ => { }, value => value.name.StartsWith("momentum.", StringComparison.Ordinal) ? (value.name, zeros(2)) : value);
        using var other = new SmallRun(shapes.Data, steps: 1, batchSize: 8);

        var resume = () => Checkpoint.Resume(path, other.Trainer);

        resume.Should().Throw<InvalidDataException>().WithMessage($"{path}: tensor momentum.*is [2] there.");
        other.Trainer.StepsTaken.Should().Be(0);
    }

    /// <summary>A run's checkpoint with something in it changed.</summary>
    private string Changed(SmallRun run, Action<Dictionary<string, string>> text, Func<(string name, Tensor), (string, Tensor)> tensor)
    {
        var path = Path.Combine(shapes.Folder, $"{Guid.NewGuid():N}.safetensors");
        Checkpoint.Save(path, run.Trainer);
        using var content = SafetensorsFile.Read(path);
        var metadata = content.Metadata.ToDictionary();
        text(metadata);
        SafetensorsFile.Write(path, [.. content.Names.Select(name => tensor((name, content.Tensors[name])))], metadata);
        return path;
    }

    private static float[] Weights(SsdNetwork network) =>
        [.. network.state_dict().Values.Where(value => value.dtype == ScalarType.Float32).SelectMany(value => value.detach().cpu().contiguous().data<float>().ToArray())];
}
