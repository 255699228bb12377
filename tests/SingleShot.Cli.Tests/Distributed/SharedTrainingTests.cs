using System.Diagnostics;
using System.Globalization;
using AwesomeAssertions;
using SingleShot.Cli.Tests.Training;
using SingleShot.Data.Folders;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Tests.Distributed;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Cli.Tests.Distributed;

/// <summary><c>mpirun singleshot train</c>: what two processes come to, and what they say.</summary>
[Trait("Needs", "mpi")]
public sealed class SharedTrainingTests(SmallTraining training) : IClassFixture<SmallTraining>
{
    private const double Tolerance = 1e-4; // of float32, as docs/more-than-one-machine.md has it
    private const string SmallRate = "learningRate: 0.001"; // the larger the rate, the sooner rounding shows

    [Fact]
    public async Task TwoProcesses_TrainAsOne_AndRankZeroAloneIsHeard()
    {
        Mpirun.SkipIfMissing();
        string[] more = ["averageDecay: 0.5", SmallRate]; // at the usual one, without its warm-up, rounding alone comes to more in nine steps
        (await CommandRun.OfAsync("train", training.Settings("alone", more))).Exit.Should().Be(ExitCodes.Done);

        var run = await OfAsync("train", training.Settings("together", more), "--json");

        run.Exit.Should().Be(ExitCodes.Done, run.Error);
        CheckpointDistance.Between(Last("alone"), Last("together")).Should().BeLessThan(Tolerance);
        run.Events("step").Select(step => (int)step["step"]!).Should().Equal(Enumerable.Range(1, 9));
        var epochs = run.Events("epoch");
        epochs.Select(epoch => (int)epoch["epoch"]!).Should().Equal(1, 2, 3);
        // The shares of the processes are scored as the whole.
        using var network = Checkpoint.LoadNetwork(Path.Combine(training.Run("together"), "best.safetensors"));
        var data = DataSetFolder.Read(training.Root, "val");
        CocoEvaluation.Evaluate(data.ClassNames, DetectorRun.Over(new Detector(network), data).Images).AP.Should().Be((double)epochs.MaxBy(epoch => (double)epoch["ap"]!)!["ap"]!);
    }

    [Fact]
    public async Task RequestToEnd_IsKeptAndSaid_AndOneProcessGoesOn()
    {
        Mpirun.SkipIfMissing();
        var settings = training.LongSettings("interrupted", SmallRate);
        using var job = Start("train", settings, "--json");
        var error = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await StepAsync(job, 2);

        // mpirun passes it on. On Ctrl+C it gives the processes a second, in which a busy machine may not come to its next step.
        using (var interrupt = Process.Start("kill", ["-USR1", job.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await EndAsync(job);

        job.ExitCode.Should().Be(ExitCodes.Stopped, await error);
        (await error).Should().Contain($"start these 2 processes again, or another number of them, with singleshot train {settings} --resume");
        var resumed = await UntilAsync(["train", settings, "--resume", "--json"], step => step >= 2);
        var taken = (int)resumed.Events("resumed").Single()["step"]! + 2;
        await UntilAsync(["train", training.LongSettings("uninterrupted", SmallRate), "--json"], step => step == taken);
        // A busy machine takes many a step before it ends, and rounding then comes to thousandths of the momentum. A step more or less comes to a half.
        CheckpointDistance.Between(Last("uninterrupted"), Last("interrupted")).Should().BeLessThan(0.03);
    }

    [Fact]
    public async Task SettingsThatDiffer_AreRefusedByName_AndNothingIsBegun()
    {
        Mpirun.SkipIfMissing();
        var one = training.Settings("differing");
        var other = training.Write($"{File.ReadAllText(one)}learningRate: 0.02\n", "other.yaml");

        var run = await ProcessRun.OfAsync(Information([.. Command("train", one).Select(word => word == "2" ? "1" : word), ":", "-np", "1", "dotnet", CommandRun.Program, "train", other]));

        run.Exit.Should().NotBe(ExitCodes.Done);
        run.Error.Should().Contain("Rank 0 of 2 (").And.Contain("Rank 1 of 2 (").And.MatchRegex(@"Rank 1 \(.*\) has another settings file than rank 0 \(.*\): .*0\.02.* there, .*0\.08.* here");
        Directory.Exists(training.Run("differing")).Should().BeFalse();
    }

    [Fact]
    public async Task BatchThatDoesNotDivide_IsRefusedOnce()
    {
        Mpirun.SkipIfMissing();
        var settings = training.Write(File.ReadAllText(training.Settings("odd")).Replace("batchSize: 8", "batchSize: 7", StringComparison.Ordinal), "odd.yaml");

        var run = await OfAsync("train", settings);

        run.Exit.Should().Be(ExitCodes.Usage, run.Error);
        run.Error.Split("A batch of 7 images does not divide among 2 processes. Take a multiple of 2, such as 8").Should().HaveCount(2, "all processes have the same to say");
        Directory.Exists(training.Run("odd")).Should().BeFalse();
    }

    [Fact]
    public async Task ProcessThatIsKilled_EndsTheOther_AndTheCheckpointIsWhole()
    {
        Mpirun.SkipIfMissing();
        var settings = training.LongSettings("killed");
        using var job = Start("train", settings, "--json");
        var error = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await StepAsync(job, 3);

        using (var process = Process.GetProcessById(Ranks(settings)[1]))
        {
            process.Kill();
        }
        await EndAsync(job);

        job.ExitCode.Should().NotBe(ExitCodes.Done);
        (await error).Should().Contain("rank 1").And.Contain("signal 9");
        Ranks(settings).Should().BeEmpty();
        (await UntilAsync(["train", settings, "--resume", "--json"], _ => true)).Events("resumed").Single()["step"]!.GetValue<int>().Should().BeGreaterThanOrEqualTo(2);
    }

    private string Last(string run) => Path.Combine(training.Run(run), "last.safetensors");

    private static IReadOnlyList<string> Command(params string[] arguments) => Mpirun.OpenMpi.Command(2, ["dotnet", CommandRun.Program, .. arguments]);

    private static ProcessStartInfo Information(IReadOnlyList<string> command) => new(command[0], command.Skip(1))
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static Process Start(params string[] arguments) => Process.Start(Information(Command(arguments)))!;

    private static Task<CommandRun> OfAsync(params string[] arguments) => ProcessRun.OfAsync(Information(Command(arguments)));

    /// <summary>Runs a training here, until some steps of it are taken.</summary>
    private static async Task<CommandRun> UntilAsync(string[] arguments, Func<int, bool> isLast)
    {
        var taken = 0;
        var run = await CommandRun.OfAsync(arguments, line => line.Contains("\"event\":\"step\"", StringComparison.Ordinal) && isLast(++taken));
        run.Exit.Should().Be(ExitCodes.Stopped, run.Error);
        return run;
    }

    private static async Task EndAsync(Process job)
    {
        await job.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await job.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task StepAsync(Process job, int step)
    {
        while (await job.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains($"\"event\":\"step\",\"step\":{step},", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>The processes of a job, by rank.</summary>
    private static Dictionary<int, int> Ranks(string settings)
    {
        Dictionary<int, int> ranks = [];
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(settings, StringComparison.Ordinal)
                    && File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').FirstOrDefault(line => line.StartsWith("OMPI_COMM_WORLD_RANK=", StringComparison.Ordinal)) is { } rank)
                {
                    ranks[int.Parse(rank.Split('=')[1], CultureInfo.InvariantCulture)] = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
                }
            }
            catch (IOException)
            {
                // It has ended in the meantime.
            }
        }
        return ranks;
    }
}
