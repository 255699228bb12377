using System.Diagnostics;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Distributed;
using SingleShot.Ranks;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>What goes wrong in one of three processes ends all of them, is said by all that still can, and leaves the last checkpoint whole.</summary>
[Collection(nameof(Jobs))]
[Trait("Needs", "mpi")]
public sealed partial class FailureTests(JobFolder folder)
{
    [Theory]
    [InlineData(Fault.Throw, "Rank 1 of 3 (", "has failed: The callback of this test throws.")]
    [InlineData(Fault.NaN, "What rank 1 adds to the statistics of the batch is NaN or infinite")]
    [InlineData(Fault.Hang, "Rank 1 of 3 did not come to meeting", "within 3 s")]
    [InlineData(Fault.Drift, "The weights of rank 1 are not those of rank 0 any more")]
    public async Task Fault_OfOneProcess_IsSaidByTheOthers(Fault fault, params string[] words)
    {
        Mpirun.SkipIfMissing();
        var job = Faulty(fault);
        var clock = Stopwatch.StartNew();

        var (exit, text) = await Mpirun.RunAsync(3, job);

        clock.Elapsed.Should().BeLessThan(Launch.Patience, "this job has less patience than a job that is not told how much, and its start is in the time");
        exit.Should().NotBe(0);
        Said(text, rank: 0).Should().ContainAll(words);
        Said(text, rank: 2).Should().ContainAll(words);
        LeavesOnlyACheckpoint(job);
    }

    [Fact]
    public async Task ProcessThatIsKilled_EndsAll_AndTheLauncherNamesIt()
    {
        Mpirun.SkipIfMissing();
        var job = Faulty(Fault.Kill);

        var (exit, text) = await Mpirun.RunAsync(3, job);

        exit.Should().NotBe(0);
        text.Should().Contain("rank 1").And.Contain("signal 9");
        LeavesOnlyACheckpoint(job);
    }

    [Fact]
    public async Task LauncherThatIsKilled_LeavesNoProcess()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { Steps = 1_000_000, Save = null };
        var command = Mpirun.Command(2, job);
        using var launcher = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        SpinWait.SpinUntil(() => JobFolder.Left(job).Count == 2, LastResort.Limit).Should().BeTrue();

        launcher.Kill();

        SpinWait.SpinUntil(() => JobFolder.Left(job).Count == 0, LastResort.Limit).Should().BeTrue();
    }

    [Theory]
    [InlineData(Fault.OtherSettings, "another set of training settings", "\"LearningRate\":0.02", "\"LearningRate\":0.01")]
    [InlineData(Fault.OtherData, "another training data (or size of batch, augmentation or seed)")]
    [InlineData(Fault.OtherModel, "another model", "other circle")]
    public async Task ProcessesWithOtherInput_AreRefusedByName(Fault fault, params string[] words)
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { Fault = fault, FaultRank = 1 };

        var (exit, text) = await Mpirun.RunAsync(2, job);

        exit.Should().NotBe(0);
        foreach (var rank in new[] { 0, 1 })
        {
            Said(text, rank).Should().Contain("Rank 1 (").And.ContainAll(words);
        }
        File.Exists(job.Save).Should().BeFalse();
        JobFolder.Left(job).Should().BeEmpty();
    }

    [Fact]
    public async Task BatchThatDoesNotDivide_IsRefused()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { Batch = 7 };

        var (exit, text) = await Mpirun.RunAsync(2, job);

        exit.Should().NotBe(0);
        text.Should().Contain("A batch of 7 images does not divide among 2 processes. Take a multiple of 2, such as 8");
    }

    [Fact]
    public async Task ActivationsThatAreComputedAgain_AreRefusedWithBatchNormalization()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { RecomputeActivations = true };

        var (exit, text) = await Mpirun.RunAsync(2, job);

        exit.Should().NotBe(0);
        text.Should().Contain("Tiny SSD has batch normalization.").And.Contain("leave RecomputeActivations out");
    }

    [Fact]
    public async Task CheckpointThatIsMissing_IsSaidByAll()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next();
        job = job with { Resume = Path.Combine(job.Output, "none.safetensors") };

        var (exit, text) = await Mpirun.RunAsync(2, job);

        exit.Should().NotBe(0);
        Said(text, rank: 1).Should().ContainAll("Rank 0 of 2", "none.safetensors");
    }

    private Job Faulty(Fault fault) => folder.Next() with { Batch = 6, Steps = 12, SaveEvery = 2, Fault = fault, FaultRank = 1, FaultStep = 5, Patience = 3 };

    private static void LeavesOnlyACheckpoint(Job job)
    {
        using var network = Checkpoint.LoadNetwork(job.Save!);
        Directory.GetFiles(job.Output).Select(Path.GetFileName).Should().OnlyContain(
            name => name == "last.safetensors" || name!.EndsWith(".pid", StringComparison.Ordinal));
        JobFolder.Left(job).Should().BeEmpty();
    }

    private static string Said(string text, int rank) => string.Join('\n', Endings().Matches(text).Where(match => match.Groups[1].Value == $"{rank}").Select(match => match.Value));

    [GeneratedRegex(@"Rank (\d+) of \d+ \([^)]*\) ends: .*")]
    private static partial Regex Endings();
}
