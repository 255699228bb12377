using AwesomeAssertions;
using SingleShot.Ranks;
using Xunit;

namespace SingleShot.Tests.Distributed;

[Collection(nameof(Jobs))]
[Trait("Needs", "mpi")]
public sealed class DataParallelTrainingTests(JobFolder folder)
{
    [Theory]
    [InlineData(2, true, 1e-6)]
    [InlineData(4, true, 1e-6)]
    [InlineData(2, false, 1e-4)]
    [InlineData(4, false, 1e-4)]
    public async Task FiftySteps_OfSeveralProcesses_GiveTheWeightsOfOneWithTheWholeBatch(int processes, bool doublePrecision, double tolerance)
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { DoublePrecision = doublePrecision };

        await RunAsync(processes, job);

        var distance = JobFolder.Distance(await folder.AloneAsync(job), job.Save!);
        TestContext.Current.SendDiagnosticMessage($"{processes} processes, {(doublePrecision ? "float64" : "float32")}: {distance:G2}");
        distance.Should().BeLessThan(tolerance, "weights, statistics, momentum and average are those of one process");
    }

    [Fact]
    public async Task StepOfSeveralBatches_IsThatOfOneProcess()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next() with { DoublePrecision = true, Batch = 6, BatchesPerStep = 2, Steps = 5 };

        await RunAsync(3, job);

        JobFolder.Distance(await folder.AloneAsync(job), job.Save!).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Samples_OfAnyNumberOfProcesses_AreTheSameInTheSameOrder()
    {
        Mpirun.SkipIfMissing();

        var (one, two, four) = (await LinesAsync(1, Work.Order), await LinesAsync(2, Work.Order), await LinesAsync(4, Work.Order));

        one.Should().HaveCount(12, "two epochs of 48 images have six batches each").And.OnlyContain(line => line.Split(' ', StringSplitOptions.None).Length == 8);
        two.Should().Equal(one);
        four.Should().Equal(one);
    }

    [Fact]
    public async Task CheckpointOfTwoProcesses_IsContinuedByFour_AndThenByOne()
    {
        Mpirun.SkipIfMissing();
        var (first, second, third) = (folder.Next() with { DoublePrecision = true, Steps = 20 }, folder.Next(), folder.Next());
        second = second with { DoublePrecision = true, Steps = 40, Resume = first.Save };
        third = third with { DoublePrecision = true, Steps = 50, Resume = second.Save };

        await RunAsync(2, first);
        await RunAsync(4, second);
        await RunAsync(1, third);

        JobFolder.Distance(await folder.AloneAsync(third), third.Save!).Should().BeLessThan(1e-6);
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

        var one = await LinesAsync(1, Work.Detect);
        var three = await LinesAsync(3, Work.Detect);

        one.Should().HaveCount(48 + 8);
        one.Take(48).Should().Contain(line => line.Contains("\"Score\":", StringComparison.Ordinal));
        one[^1].Should().Contain("instances.json is not a picture");
        three.Should().Equal(one);
    }

    [Fact]
    public async Task AnotherFamilyOfMpi_TrainsTheSame()
    {
        Mpirun.SkipIfMissing(Mpirun.Mpich);
        var job = folder.Next() with { DoublePrecision = true };

        var (exit, text) = await Mpirun.RunAsync(2, job, Mpirun.Mpich);

        exit.Should().Be(0, text);
        JobFolder.Distance(await folder.AloneAsync(job), job.Save!).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Sample_TrainsAndEvaluates_AndGoesOnInAnotherNumberOfProcesses()
    {
        Mpirun.SkipIfMissing();
        var job = folder.Next();
        var sample = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "ManyMachines", "bin", "Debug"), "ManyMachines.dll", SearchOption.AllDirectories).Single();
        Task<(int Exit, string Text)> Start(int processes, int steps) => Mpirun.StartAsync(
            [Mpirun.OpenMpi.Program!, .. Mpirun.OpenMpi.Flags, "-np", $"{processes}", "dotnet", sample, job.Save!, $"{steps}", "4"],
            ("TMPDIR", job.Output), ("OMP_NUM_THREADS", "1"));

        (await Start(2, 2)).Text.Should().Contain("2 processes, 2 steps of 4 images: AP 0.");
        (await Start(4, 3)).Text.Should().Contain("4 processes, 3 steps of 4 images: AP 0.");
    }

    private static async Task<string> RunAsync(int processes, Job job)
    {
        var (exit, text) = await Mpirun.RunAsync(processes, job);
        exit.Should().Be(0, text);
        return text;
    }

    private async Task<string[]> LinesAsync(int processes, Work work)
    {
        var job = folder.Next() with { Work = work };
        await RunAsync(processes, job);
        return await File.ReadAllLinesAsync(Path.Combine(job.Output, "lines.txt"));
    }
}
