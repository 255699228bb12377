using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Distributed;
using SingleShot.Ranks;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Distributed;

/// <summary>What goes wrong in one of three processes ends all of them, is said by all that still can, and leaves the last checkpoint whole.</summary>
[Collection(nameof(Jobs))]
[Trait("Needs", "mpi")]
public sealed class FailureTests(JobFolder folder)
{
    [Theory]
    [InlineData(Fault.Throw, "Rank 1 of 3 (", "has failed: The callback of this test throws.")]
    [InlineData(Fault.NaN, "What rank 1 adds to the statistics of the batch is NaN or infinite")]
    [InlineData(Fault.Hang, "Rank 1 of 3 did not come to meeting", "within 3 s")]
    [InlineData(Fault.Drift, "The weights of rank 1 are not those of rank 0 any more")]
    public async Task Fault_OfOneProcess_IsSaidByTheOthers(Fault fault, params string[] words)
    {
        Mpirun.SkipIfMissing();
        var clock = Stopwatch.StartNew();

        var ending = await folder.Faulty.OfAsync(fault);

        clock.Elapsed.Should().BeLessThan(Launch.Patience, "this job has less patience than a job that is not told how much, and its start is in the time");
        ending.Exit.Should().NotBe(0);
        ending.Said(rank: 0).Should().ContainAll(words);
        ending.Said(rank: 2).Should().ContainAll(words);
        LeavesOnlyACheckpoint(ending.Job);
    }

    [Fact]
    public async Task ProcessThatHangs_IsNamed_WhereGradientsAreSentWhileOthersAreComputed()
    {
        Mpirun.SkipIfMissing();

        var ending = await folder.Faulty.OfAsync(FaultyJobs.HungEarly);

        ending.Exit.Should().NotBe(0);
        ending.Said(rank: 0).Should().Contain("Rank 1 of 2 did not come to meeting").And.Contain("(a sum of");
        LeavesOnlyACheckpoint(ending.Job);
    }

    [Fact]
    public async Task ProcessThatFails_WhileAnotherThreadOfItWaits_TellsTheOthersAtOnce()
    {
        Mpirun.SkipIfMissing();
        var clock = Stopwatch.StartNew();

        var ending = await folder.Faulty.OfAsync(FaultyJobs.BesideAWait);

        clock.Elapsed.Should().BeLessThan(Launch.Patience, "the other thread's wait does not have to end first");
        ending.Exit.Should().NotBe(0);
        ending.Said(rank: 1).Should().Contain("has failed: Rank 0 fails on purpose.");
    }

    [Fact]
    public async Task ProcessThatIsKilled_EndsAll_AndTheLauncherNamesIt()
    {
        Mpirun.SkipIfMissing();

        var ending = await folder.Faulty.OfAsync(Fault.Kill);

        ending.Exit.Should().NotBe(0);
        ending.Text.Should().Contain("rank 1").And.Contain("signal 9");
        LeavesOnlyACheckpoint(ending.Job);
    }

    [Fact]
    public async Task LauncherThatIsKilled_LeavesNoProcess()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { Steps = 1_000_000, Save = null };
        var command = Mpirun.OpenMpi.Command(2, RanksProgram.Command(job));
        using var launcher = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            SpinWait.SpinUntil(() => JobFolder.Left(job).Count == 2, LastResort.Limit).Should().BeTrue();

            launcher.Kill();

            SpinWait.SpinUntil(() => JobFolder.Left(job).Count == 0, LastResort.Limit).Should().BeTrue();
        }
        finally
        {
            launcher.Kill(entireProcessTree: true); // a job without an end is not to outlive a test that fails
        }
    }

    [Theory]
    [InlineData(Fault.OtherSettings, "another set of training settings", "\"LearningRate\":0.02", "\"LearningRate\":0.01")]
    [InlineData(Fault.OtherData, "another training data (or size of batch, augmentation or seed)")]
    [InlineData(Fault.OtherModel, "another model", "other circle")]
    public async Task ProcessesWithOtherInput_AreRefusedByName(Fault fault, params string[] words)
    {
        Mpirun.SkipIfMissing();

        var ending = await folder.Faulty.OfAsync(fault);

        ending.Exit.Should().NotBe(0);
        foreach (var rank in new[] { 0, 1 })
        {
            ending.Said(rank).Should().Contain("Rank 1 (").And.ContainAll(words);
        }
        File.Exists(ending.Job.Save).Should().BeFalse();
        JobFolder.Left(ending.Job).Should().BeEmpty();
    }

    [Fact]
    public async Task BatchThatDoesNotDivide_IsRefused()
    {
        Mpirun.SkipIfMissing();

        var ending = await folder.Faulty.OfAsync(FaultyJobs.Batch);

        ending.Exit.Should().NotBe(0);
        ending.Said(rank: 1).Should().Contain("A batch of 7 images does not divide among 2 processes. Take a multiple of 2, such as 8");
    }

    [Fact]
    public async Task ActivationsThatAreComputedAgain_AreRefusedWithBatchNormalization()
    {
        Mpirun.SkipIfMissing();

        var ending = await folder.Faulty.OfAsync(FaultyJobs.Activations);

        ending.Exit.Should().NotBe(0);
        ending.Said(rank: 1).Should().Contain("Tiny SSD has batch normalization.").And.Contain("leave RecomputeActivations out");
    }

    [Fact]
    public async Task CheckpointThatIsMissing_IsSaidByAll()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next();
        job = job with { Resume = Path.Combine(job.Output, "none.safetensors") };

        var (exit, text) = await RanksProgram.RunAsync(2, job);

        exit.Should().NotBe(0);
        new Ending(job, exit, text).Said(rank: 1).Should().ContainAll("Rank 0 of 2", "none.safetensors");
        text.Should().MatchRegex(@"(?m)^Rank 0 of 2 \([^)]*\) ends: .*none\.safetensors");
    }

    private static void LeavesOnlyACheckpoint(Job job)
    {
        using var network = Checkpoint.LoadNetwork(job.Save!);
        Directory.GetFiles(job.Output).Select(file => Path.GetExtension(file)).Should().OnlyContain(kind => kind == ".safetensors" || kind == ".pid" || kind == ".end");
        Directory.GetFiles(job.Output, "*.safetensors").Should().Equal(job.Save);
        JobFolder.Left(job).Should().BeEmpty();
    }
}
