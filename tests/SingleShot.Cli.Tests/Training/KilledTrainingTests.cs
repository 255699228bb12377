using System.Diagnostics;
using System.Globalization;
using AwesomeAssertions;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Cli.Tests.Training;

/// <summary>Trainings in processes of their own that are ended from outside.</summary>
public sealed class KilledTrainingTests(SmallTraining training, ITestOutputHelper output) : IClassFixture<SmallTraining>
{
    private const int Steps = 9;

    /// <summary>Kills in all; fifty take some minutes.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("SINGLESHOT_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public async Task RunKilledAtRandomMoments_GoesOnFromAWholeCheckpoint_AndEndsAsOneThatWasNot()
    {
        (await CommandRun.OfAsync("train", training.Settings("uninterrupted", "averageDecay: 0.5"))).Exit.Should().Be(ExitCodes.Done);
        var random = new Random(20);
        var number = 0;
        for (var kills = 0; kills < Kills;)
        {
            var name = $"killed-{number++}";
            var settings = training.Settings(name, "averageDecay: 0.5");
            var ended = await EndsAsync(["train", settings, "--json"], random);
            while (!ended)
            {
                kills++;
                ended = await EndsAsync(["train", settings, "--json", .. Begun(name)], kills < Kills ? random : null);
            }
            training.ShouldEqual(name, "uninterrupted");
        }
        output.WriteLine($"{Kills} kills or more in {number} trainings");

        string[] Begun(string name) => File.Exists(Path.Combine(training.Run(name), "settings.yaml")) ? ["--resume"] : [];
    }

    [Fact]
    public async Task RequestToEnd_SavesAndSaysHowToGoOn()
    {
        // SIGTERM goes the way of Ctrl+C, and also reaches what a script has put into the background.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no kill -TERM");
        var settings = training.LongSettings("interrupted");
        using var process = Start("train", settings, "--json");
        var error = process.StandardError.ReadToEndAsync();
        await LineAsync(process, line => line.Contains("\"event\":\"step\"", StringComparison.Ordinal));
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(ExitCodes.Stopped, await error);
        (await error).Should().Contain($"singleshot train {settings} --resume");
        using var network = Checkpoint.LoadNetwork(Path.Combine(training.Run("interrupted"), "last.safetensors"));
    }

    [Fact]
    public async Task CtrlC_SavesAndSaysHowToGoOn_AndTheTrainingEndsAsOneThatWasNotStopped()
    {
        var settings = training.Settings("ctrl-c");
        var stopped = await InterruptedCommand.OfAsync(line => line.Contains("\"event\":\"step\"", StringComparison.Ordinal), "train", settings, "--json");

        stopped.Exit.Should().Be(ExitCodes.Stopped, stopped.Error);
        stopped.Error.Should().Contain($"singleshot train {settings} --resume");
        stopped.Events("step").Count.Should().BeInRange(1, Steps - 1, "it stops before the end");
        (await CommandRun.OfAsync("train", settings, "--resume")).Exit.Should().Be(ExitCodes.Done);
        (await CommandRun.OfAsync("train", training.Settings("whole"))).Exit.Should().Be(ExitCodes.Done);
        training.ShouldEqual("ctrl-c", "whole");
    }

    /// <summary>Runs a training to its end, or kills it between two random steps, where it computes, evaluates or writes.</summary>
    /// <returns>Whether it came to its end.</returns>
    private static async Task<bool> EndsAsync(string[] arguments, Random? random)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        if (random is not null)
        {
            var lines = random.Next(3 * Steps); // an event for each step, save, evaluation and epoch
            await LineAsync(process, _ => --lines < 0);
            var moment = random.Next(40); // milliseconds: a step and its save
            SpinWait.SpinUntil(() => false, moment);
            process.Kill();
        }
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode is 137 or -1)
        {
            return false;
        }
        process.ExitCode.Should().Be(ExitCodes.Done, await error);
        return true;
    }

    private static async Task LineAsync(Process process, Func<string, bool> wanted)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line && !wanted(line))
        {
        }
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [CommandRun.Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
