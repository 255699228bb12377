using System.Text.Json.Nodes;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Training;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Folders;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Cli.Tests.Commands;

public sealed class TrainCommandTests(SmallTraining training) : IClassFixture<SmallTraining>
{
    [Fact]
    public async Task Settings_TrainAsTheLessonDoes_ToTheLastBit()
    {
        var run = await CommandRun.OfAsync("train", training.Settings("lesson"));
        run.Exit.Should().Be(ExitCodes.Done, run.Error);

        var train = DataSetFolder.Read(training.Root, "train");
        var model = Specifications.Small(train.ClassNames, 96);
        using var network = new SsdNetwork(model, 1);
        var batches = new BatchLoader(train, model, 8, Pipeline.Light, 1);
        var steps = 3 * batches.BatchesPerEpoch;
        using var trainer = new Trainer(network, MultiBoxLoss.For(model), batches, new TrainingSettings
        {
            Steps = steps,
            LearningRate = 0.08,
            Schedule = new LearningRateSchedule(WarmUp: Math.Min(100, steps / 10), Milestones: [steps * 7 / 10, steps * 9 / 10], Factor: 0.2),
            GradientLimit = 10,
        });
        await trainer.TrainAsync();
        var expected = Path.Combine(training.Run("lesson"), "expected.safetensors");
        Checkpoint.Save(expected, trainer);

        SmallTraining.Content(Path.Combine(training.Run("lesson"), "last.safetensors")).Should().Equal(SmallTraining.Content(expected));
    }

    [Fact]
    public async Task Settings_ArePrintedInFull_AndKept_AndTrainTheSameAgain()
    {
        var first = await CommandRun.OfAsync("train", training.Settings("kept"));
        var kept = File.ReadAllText(Path.Combine(training.Run("kept"), "settings.yaml"));
        first.Output.Should().StartWith(kept);
        kept.Should().Contain($"root: \"{training.Root}\"\n").And.Contain("learningRate: 0.08\n").And.Contain("milestones: [0.7,0.9]\n").And.Contain("averageDecay: null\n");

        var again = training.Write(kept.Replace(training.Run("kept"), training.Run("kept-again"), StringComparison.Ordinal), "kept-again.yaml");
        (await CommandRun.OfAsync("train", again)).Exit.Should().Be(ExitCodes.Done);
        training.ShouldEqual("kept-again", "kept");
    }

    [Fact]
    public async Task SettingsAsJson_AreTheSame()
    {
        var json = new JsonObject { ["root"] = training.Root, ["output"] = training.Run("json"), ["batchSize"] = 8, ["epochs"] = 1, ["learningRate"] = 1e-3, ["gradientLimit"] = null, ["augmentation"] = "paper", ["schedule"] = "cosine", ["averageDecay"] = 0.9 };
        (await CommandRun.OfAsync("train", training.Write(json.ToJsonString(), "one.json"))).Exit.Should().Be(ExitCodes.Done);
        (await CommandRun.OfAsync("train", training.Settings(
            "yaml", "augmentation: paper", "schedule: cosine", "averageDecay: 0.9", "learningRate: 1e-3", "gradientLimit:"))).Exit.Should().Be(ExitCodes.Done);

        var (one, other) = (Kept("json"), Kept("yaml"));
        one.Where(line => !line.StartsWith("output", StringComparison.Ordinal)).Should()
            .Equal(other.Select(line => line.Replace("epochs: 3", "epochs: 1", StringComparison.Ordinal).Replace("device: \"cpu\"", "device: \"best\"", StringComparison.Ordinal)
                .Replace("saveEvery: 1", "saveEvery: 1000", StringComparison.Ordinal)).Where(line => !line.StartsWith("output", StringComparison.Ordinal)));

        string[] Kept(string run) => File.ReadAllLines(Path.Combine(training.Run(run), "settings.yaml"));
    }

    [Fact]
    public async Task EachEpoch_IsEvaluated_AndTheBestIsKept()
    {
        var run = await CommandRun.OfAsync("train", training.Settings("best", "averageDecay: 0.5"), "--json");
        var epochs = run.Events("epoch");
        epochs.Select(epoch => (int)epoch["epoch"]!).Should().Equal(1, 2, 3);
        run.Events("step").Select(step => (int)step["step"]!).Should().Equal(Enumerable.Range(1, 9));

        var best = epochs.MaxBy(epoch => (double)epoch["ap"]!)!;
        epochs.Last(epoch => (bool)epoch["best"]!).Should().BeSameAs(best);
        using var network = Checkpoint.LoadNetwork(Path.Combine(training.Run("best"), "best.safetensors"));
        var data = DataSetFolder.Read(training.Root, "val");
        var scores = CocoEvaluation.Evaluate(data.ClassNames, DetectorRun.Over(new Detector(network), data).Images);
        scores.AP.Should().Be((double)best["ap"]!);
    }

    [Theory]
    [InlineData("\"event\":\"step\",\"step\":2,")]
    [InlineData("\"event\":\"evaluating\",\"epoch\":2}")]
    [InlineData("\"event\":\"step\",\"step\":6,")]
    [InlineData("\"event\":\"evaluating\",\"epoch\":3}")]
    public async Task StoppedRun_SaysHowToGoOn_AndEndsAsOneThatNeverStopped(string at)
    {
        if (!Directory.Exists(training.Run("whole")))
        {
            (await CommandRun.OfAsync("train", training.Settings("whole", "averageDecay: 0.5"))).Exit.Should().Be(ExitCodes.Done);
        }
        var name = $"stopped-{at.GetHashCode(StringComparison.Ordinal)}";
        var settings = training.Settings(name, "averageDecay: 0.5");

        var stopped = await CommandRun.OfAsync(["train", settings, "--json"], line => line.Contains(at, StringComparison.Ordinal));
        stopped.Exit.Should().Be(ExitCodes.Stopped);
        stopped.Error.Should().Contain($"singleshot train {settings} --resume");
        (await CommandRun.OfAsync("train", settings, "--resume")).Exit.Should().Be(ExitCodes.Done);

        training.ShouldEqual(name, "whole");
    }

    [Fact]
    public async Task Rate_GrowsWithTheImagesOfAStep_FromTheBatchThatItWasFoundFor()
    {
        var run = await CommandRun.OfAsync(
            ["train", training.Settings("scaled", "tunedBatchSize: 4", "batchesPerStep: 3", "learningRate: 0.01"), "--json"], line => line.Contains("\"step\":1,", StringComparison.Ordinal));

        ((double)run.Events("step")[0]["rate"]!).Should().BeApproximately(0.01 * 3 * 8 / 4, 1e-12);
    }

    [Fact]
    public async Task FinishedRun_GoesOnToNothing()
    {
        var settings = training.Settings("finished", "seed: 3");
        await CommandRun.OfAsync("train", settings);
        var before = SmallTraining.Content(Path.Combine(training.Run("finished"), "last.safetensors"));

        var run = await CommandRun.OfAsync("train", settings, "--resume", "--json");

        run.Exit.Should().Be(ExitCodes.Done);
        run.Events("step").Should().BeEmpty();
        SmallTraining.Content(Path.Combine(training.Run("finished"), "last.safetensors")).Should().Equal(before);
    }

    [Fact]
    public async Task RunThatIsThere_IsNotWrittenOver()
    {
        var settings = training.Settings("there");
        await CommandRun.OfAsync("train", settings);
        var before = File.ReadAllBytes(Path.Combine(training.Run("there"), "last.safetensors"));

        var run = await CommandRun.OfAsync("train", settings);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("has a training already").And.Contain("--resume");
        File.ReadAllBytes(Path.Combine(training.Run("there"), "last.safetensors")).Should().Equal(before);
    }

    [Theory]
    [InlineData]
    [InlineData("--resume")]
    public async Task RunThatAnotherProcessHas_IsNotTouched(params string[] more)
    {
        string[] arguments = ["train", training.LongSettings($"held{more.Length}"), "--json"];
        bool IsStep(string line) => line.Contains("\"event\":\"step\"", StringComparison.Ordinal);
        var (begun, isDone) = (new TaskCompletionSource(), false);
        var first = CommandRun.OfAsync(arguments, line => IsStep(line) && !begun.TrySetResult() && Volatile.Read(ref isDone));
        await begun.Task;

        var second = await CommandRun.OfAsync([.. arguments, .. more], IsStep);

        Volatile.Write(ref isDone, true);
        second.Exit.Should().Be(ExitCodes.Usage);
        second.Error.Should().MatchRegex("Another process is training in|has a training already");
        (await first).Exit.Should().Be(ExitCodes.Stopped);
        (await CommandRun.OfAsync([.. arguments, "--resume"], IsStep)).Exit.Should().Be(ExitCodes.Stopped);
    }

    [Fact]
    public async Task RunWhoseProcessIsJustEnding_GoesOn_AsSoonAsItsFolderIsFree()
    {
        string[] arguments = ["train", training.LongSettings("ending"), "--json"];
        bool Is(string line, string kind) => line.Contains($"\"event\":\"{kind}\"", StringComparison.Ordinal);
        await CommandRun.OfAsync(arguments, line => Is(line, "step"));
        using var held = new FileStream(Path.Combine(training.Run("ending"), "in-use"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var run = await CommandRun.OfAsync([.. arguments, "--resume"], line =>
        {
            if (Is(line, "waiting"))
            {
                held.Dispose();
            }
            return Is(line, "step");
        });

        run.Exit.Should().Be(ExitCodes.Stopped, run.Error);
        run.Events("waiting").Should().ContainSingle();
    }

    [Fact]
    public async Task Resume_WithOtherSettings_NamesTheFirstThatDiffers()
    {
        await CommandRun.OfAsync(["train", training.Settings("other"), "--json"], line => line.Contains("\"step\":1,", StringComparison.Ordinal));

        var run = await CommandRun.OfAsync("train", training.Settings("other", "learningRate: 0.01"), "--resume");

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain("begun with learningRate: 0.08, and not with learningRate: 0.01");
    }

    [Fact]
    public async Task Resume_OfNothing_IsRefused() => (await CommandRun.OfAsync("train", training.Settings("nothing"), "--resume"))
        .Should().Match<CommandRun>(run => run.Exit == ExitCodes.Usage && run.Error.Contains("no training to go on with"));

    [Theory]
    [InlineData("learnigRate: 0.03", "line 2: there is no setting 'learnigRate'. Did you mean 'learningRate'?")]
    [InlineData("EPOCHS: 3", "Did you mean 'epochs'?")]
    [InlineData("frobnicate: 3", "there is no setting 'frobnicate'. There are root, trainSplit,")]
    [InlineData("epochs: many", "line 2: epochs is \"many\"; it has to be a whole number.")]
    [InlineData("epochs: 2.5", "line 2: epochs is 2.5; it has to be a whole number.")]
    [InlineData("epochs:", "line 2: epochs is empty; it has to be a whole number.")]
    [InlineData("epochs: 0", "epochs is 0; it has to be at least 1.")]
    [InlineData("tunedBatchSize: 0", "tunedBatchSize is 0; it has to be at least 1.")]
    [InlineData("augmentation: heavy", "line 2: augmentation is \"heavy\"; it has to be one of none, light, paper.")]
    [InlineData("milestones: 0.5", "line 2: milestones is 0.5; it has to be a list of numbers.")]
    [InlineData("milestones: [0.5, 2]", "milestones[1] is 2; it has to be from 0 to 1.")]
    [InlineData("inputSize: 100", "inputSize is 100; it has to be 96, 192 or 384")]
    [InlineData("epochs: 1\nepochs: 2", "line 3")]
    [InlineData("epochs: [", "it is no YAML")]
    [InlineData("backbone: nowhere.pth\ninputSize: 300", "nowhere.pth")]
    [InlineData("validationSplit: test", "holds no data set with a split 'test'")]
    public async Task SettingThatCannotBe_IsRefusedWithItsLine_AndNothingIsBegun(string line, string reason)
    {
        var path = training.Write($"root: {training.Root}\n{line}\noutput: {training.Run("refused")}\n", "refused.yaml");

        var run = await CommandRun.OfAsync("train", path);

        run.Exit.Should().NotBe(ExitCodes.Done);
        run.Error.Should().Contain(reason);
        Directory.Exists(training.Run("refused")).Should().BeFalse();
    }

    [Fact]
    public async Task SettingsWithoutRoot_OrNoFile_AreRefused()
    {
        (await CommandRun.OfAsync("train", training.Write("epochs: 3\n", "rootless.yaml"))).Error.Should().Contain("root is missing");
        (await CommandRun.OfAsync("train", "nowhere.yaml")).Error.Should().Contain("There is no settings file nowhere.yaml").And.Contain("learningRate");
        (await CommandRun.OfAsync("train", training.Write("- a\n- b\n", "list.yaml"))).Error.Should().Contain("is not a settings file");
        (await CommandRun.OfAsync("train", training.Write(new string(' ', 2_000_000), "large.yaml"))).Error.Should().Contain("large.yaml has 2.0 MB: a settings file has a few lines");
    }

    [Fact]
    public async Task Pretrained_TakesWhatFits_FromACheckpointOrItsWeights()
    {
        await CommandRun.OfAsync("train", training.Settings("source", "averageDecay: 0.5"));
        var checkpoint = Path.Combine(training.Run("source"), "last.safetensors");
        var weights = Path.Combine(training.Run("source"), "weights.pth");
        (await CommandRun.OfAsync("export", weights, "--model", checkpoint)).Exit.Should().Be(ExitCodes.Done);

        foreach (var (name, file) in new[] { ("tuned", checkpoint), ("tuned-too", weights) })
        {
            var run = await CommandRun.OfAsync("train", training.Settings(name, $"pretrained: {file}"));
            run.Exit.Should().Be(ExitCodes.Done, run.Error);
            run.Output.Should().MatchRegex($@"\d\d+ tensors from {file}, 0 of other shapes stay random");
        }

        training.ShouldEqual("tuned", "tuned-too");
        SmallTraining.Content(Path.Combine(training.Run("tuned"), "last.safetensors")).Should().NotEqual(SmallTraining.Content(checkpoint));
    }
}
