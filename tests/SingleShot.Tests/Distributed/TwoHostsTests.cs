using System.Diagnostics;
using AwesomeAssertions;
using SingleShot.Ranks;
using SingleShot.Training;
using SingleShot.Weights;
using Xunit;

namespace SingleShot.Tests.Distributed;

[Collection(nameof(Jobs))]
[Trait("Needs", "network-namespaces")]
public sealed class TwoHostsTests(JobFolder folder)
{
    [Fact]
    public async Task FiftySteps_OverANetwork_GiveTheWeightsOfOneProcess()
    {
        using var hosts = MakeOrSkip();
        var job = folder.Next() with { DoublePrecision = true };

        await RunAsync(hosts, job);

        CheckpointDistance.Between((await folder.Shared.DoneAsync(1, SharedJobs.InFloat64)).Save!, job.Save!).Should().BeLessThan(1e-6);
    }

    [Fact]
    public async Task Traffic_OfAStep_IsTheGradientsOnce()
    {
        using var hosts = MakeOrSkip();
        var (few, many) = (folder.Next() with { Steps = 5 }, folder.Next() with { Steps = 25 });

        var (start, middle) = (hosts.Sent(), await RunAsync(hosts, few));
        var end = await RunAsync(hosts, many);

        using var checkpoint = WeightFile.Read(many.Save!);
        var gradients = checkpoint.Tensors.Where(entry => entry.Key.StartsWith("momentum.", StringComparison.Ordinal)).Sum(entry => entry.Value.bytes.Length);
        for (var host = 0; host < 2; host++)
        {
            var step = ((end[host] - middle[host]) - (middle[host] - start[host])) / 20.0; // what the start and the end take is in both, give or take some hundred kilobytes
            TestContext.Current.SendDiagnosticMessage($"host {host} sends {step:F0} bytes in a step, for gradients of {gradients}");
            // 2 (N - 1) / N of them for N = 2. The rest is the batch's statistics, what each process did in the step, and the packets' heads.
            (step / gradients).Should().BeInRange(0.98, 1.1);
        }
    }

    [Fact]
    public async Task CableThatIsPulled_EndsBothProcesses_AndTheLauncher_AndTheCheckpointIsWhole()
    {
        using var hosts = MakeOrSkip();
        var job = folder.Next() with { Steps = 12, SaveEvery = 2, Fault = Fault.Unplug, FaultRank = 1, FaultStep = 5, Patience = 3 };
        var command = Command(hosts, job);
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        string? said;
        using var limit = new CancellationTokenSource(LastResort.Limit);
        try
        {
            do
            {
                said = await process.StandardError.ReadLineAsync(limit.Token);
            }
            while (said?.Contains(" ends: ", StringComparison.Ordinal) is false);
            _ = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token); // Open MPI's own processes give each other up, too
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        process.ExitCode.Should().NotBe(0);
        said.Should().Contain("Rank 1 of 2 did not come to meeting").And.Contain("cut off from the network");
        SpinWait.SpinUntil(() => JobFolder.Left(job).Count == 0, LastResort.Limit).Should().BeTrue("the process of the other host ends by itself, and this host's launcher does not wait for it");
        using var network = Checkpoint.LoadNetwork(job.Save!);
    }

    private static TwoHosts MakeOrSkip()
    {
        Mpirun.SkipIfMissing();
        try
        {
            return new TwoHosts();
        }
        catch (NotSupportedException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static IReadOnlyList<string> Command(TwoHosts hosts, Job job) => hosts.Command(Mpirun.OpenMpi.Program!, RanksProgram.Command(job));

    private static async Task<long[]> RunAsync(TwoHosts hosts, Job job)
    {
        var (exit, text) = await Mpirun.StartAsync(Command(hosts, job));
        exit.Should().Be(0, text);
        return hosts.Sent();
    }
}
