using AwesomeAssertions;
using SingleShot.Ranks;
using Xunit;

namespace SingleShot.Tests.Distributed;

[Collection(nameof(Jobs))]
[Trait("Needs", "mpi")]
public sealed class DataParallelTrainingTests(JobFolder folder)
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task FiftySteps_OfSeveralProcesses_GiveTheWeightsOfOneWithTheWholeBatch(int processes)
    {
        Mpirun.SkipIfMissing();

        var distance = await DistanceAsync(await folder.Shared.DoneAsync(processes, SharedJobs.InFloat64), SharedJobs.InFloat64);

        TestContext.Current.SendDiagnosticMessage($"{processes} processes, float64: {distance:G2}");
        distance.Should().BeLessThan(1e-6, "weights, statistics, momentum and average are those of one process");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task TenSteps_InFloat32_GiveThemToo_UnlessALastDigitDecides(int processes)
    {
        Mpirun.SkipIfMissing();
        List<double> distances = [];
        foreach (var name in SharedJobs.InFloat32.Keys)
        {
            distances.Add(await DistanceAsync(await folder.Shared.DoneAsync(processes, name), name));
        }

        TestContext.Current.SendDiagnosticMessage($"{processes} processes, {string.Join("; ", SharedJobs.InFloat32.Keys.Zip(distances, (name, distance) => $"{name}: {distance:G2}"))}");
        distances.Min().Should().BeLessThan(1e-5, "what is computed otherwise would show at every rate");
    }

    [Fact]
    public async Task StepOfSeveralBatches_IsThatOfOneProcess()
    {
        Mpirun.SkipIfMissing();

        (await DistanceAsync(await folder.Shared.DoneAsync(4, SharedJobs.TwoBatches), SharedJobs.TwoBatches)).Should().BeLessThan(1e-6);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Gradients_SentWhileOthersAreComputed_GiveTheWeightsOfOneProcess(int processes)
    {
        Mpirun.SkipIfMissing();

        (await DistanceAsync(await folder.Shared.DoneAsync(processes, SharedJobs.SentEarly), SharedJobs.SentEarly)).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Samples_OfAnyNumberOfProcesses_AreTheSameInTheSameOrder()
    {
        Mpirun.SkipIfMissing();

        var (one, two, four) = (await LinesAsync(1, SharedJobs.Order), await LinesAsync(2, SharedJobs.Order), await LinesAsync(4, SharedJobs.Order));

        one.Should().HaveCount(12, "two epochs of 48 images have six batches each").And.OnlyContain(line => line.Split(' ', StringSplitOptions.None).Length == 8);
        two.Should().Equal(one);
        four.Should().Equal(one);
    }

    [Fact]
    public async Task CheckpointOfTwoProcesses_IsContinuedByFour_AndThenByOne()
    {
        Mpirun.SkipIfMissing();
        var last = folder.Next() with { DoublePrecision = true, Steps = 50, Resume = (await folder.Shared.DoneAsync(4, SharedJobs.Part)).Save };

        await RunAsync(1, last);

        (await DistanceAsync(last, SharedJobs.InFloat64)).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task StopOfOneProcess_StopsAllAfterTheSameStep()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { Fault = Fault.Stop, FaultRank = 1, FaultStep = 3 };

        var text = await RunAsync(2, job);

        text.Should().ContainAll("Rank 0 of 2 stopped after step 4.", "Rank 1 of 2 stopped after step 4.");
    }

    [Fact]
    public async Task Detections_OfSeveralProcesses_AreThoseOfOneInItsOrder()
    {
        Mpirun.SkipIfMissing();

        var (one, two, four) = (await LinesAsync(1, SharedJobs.Detections), await LinesAsync(2, SharedJobs.Detections), await LinesAsync(4, SharedJobs.Detections));

        one.Should().HaveCount(48 + 8);
        one.Take(48).Should().Contain(line => line.Contains("\"Score\":", StringComparison.Ordinal));
        one[^1].Should().Contain("instances.json is not a picture");
        two.Should().Equal(one);
        four.Should().Equal(one);
    }

    [Fact]
    public async Task AnotherFamilyOfMpi_TrainsTheSame()
    {
        Mpirun.SkipIfMissing(Mpirun.Mpich);
        var job = folder.Next() with { DoublePrecision = true };

        var (exit, text) = await RanksProgram.RunAsync(Mpirun.Mpich, 2, [job]);

        exit.Should().Be(0, text);
        (await DistanceAsync(job, SharedJobs.InFloat64)).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Sample_TrainsAndEvaluates_AndGoesOnInAnotherNumberOfProcesses()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next();
        var sample = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "ManyMachines", "bin", "Debug"), "ManyMachines.dll", SearchOption.AllDirectories).Single();
        Task<(int Exit, string Text)> Start(int processes, int steps) => Mpirun.StartAsync(
            Mpirun.OpenMpi.Command(processes, "dotnet", sample, job.Save!, $"{steps}", "4"),
            ("TMPDIR", job.Output), ("OMP_NUM_THREADS", "1"));

        (await Start(2, 2)).Text.Should().Contain("2 processes, 2 steps of 4 images: AP 0.");
        (await Start(1, 3)).Text.Should().Contain("1 processes, 3 steps of 4 images: AP 0.");
    }

    private static async Task<string> RunAsync(int processes, Job job)
    {
        var (exit, text) = await RanksProgram.RunAsync(processes, job);
        exit.Should().Be(0, text);
        return text;
    }

    private async Task<string[]> LinesAsync(int processes, string job) =>
        await File.ReadAllLinesAsync(Path.Combine((await folder.Shared.DoneAsync(processes, job)).Output, "lines.txt"));

    /// <summary>How far a job is from the same one of one process.</summary>
    private async Task<double> DistanceAsync(Job job, string alone) => CheckpointDistance.Between((await folder.Shared.DoneAsync(1, alone)).Save!, job.Save!);
}
