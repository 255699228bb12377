using AwesomeAssertions;
using SingleShot.Runtime.Convolutions;
using Xunit;

namespace SingleShot.Tests.Runtime.Convolutions;

/// <summary>The check of convolutions at load, and its remedies, where convolutions are wrong and where they are right.</summary>
[Collection(nameof(AllThreads))]
public class ConvolutionCheckTests(ITestOutputHelper output)
{
    private static readonly (string, string) Stubborn = ("DISTURBANCE", "stubborn");

    [Fact]
    public async Task HiddenCaches_AreFoundAndMended_AndEveryNetworkAndConvolutionIsRight()
    {
        TestProcess.SkipWhereNothingIsDisturbed();
        (await DescribedAsync(TestProcess.RunDisturbedAsync(Describing))).Should()
            .Contain("convolutions were wrong here").And.Contain("oneDNN now guesses them, and the convolutions are right");
        string[] convolving =
        [
            nameof(LooseConvolutionTests), nameof(ChannelsLastConvolutionTests), nameof(ConvolutionPanelTests), nameof(Networks.PrecisionTests), nameof(Networks.ChannelsLastTests),
        ];
        foreach (var tests in convolving)
        {
            var (exit, text) = await TestProcess.RunDisturbedAsync(tests);
            output.WriteLine(text);
            exit.Should().Be(0, text);
        }
    }

    [Fact]
    public async Task CachesThatStayHidden_TurnOneDnnOff_AndConvolutionsAreRight()
    {
        TestProcess.SkipWhereNothingIsDisturbed();
        (await DescribedAsync(TestProcess.RunDisturbedAsync(Describing, Stubborn))).Should()
            .Contain("convolutions were wrong here").And.Contain("oneDNN is off, and the convolutions are right");
        foreach (var tests in new[] { nameof(LooseConvolutionTests), nameof(ChannelsLastConvolutionTests) })
        {
            var (exit, text) = await TestProcess.RunDisturbedAsync(tests, Stubborn);
            exit.Should().Be(0, text);
        }
    }

    [Fact]
    public async Task VerdictForcedToRight_LeavesTheFaultsThatTheCheckIsFor()
    {
        TestProcess.SkipWhereNothingIsDisturbed();
        var right = (ConvolutionCheck.Switch, "right");
        var everywhere = ("ONEDNN_MAX_CPU_ISA", "AVX2"); // blocks of 8 on every processor
        (await DescribedAsync(TestProcess.RunDisturbedAsync(Describing, right))).Should().Contain($"not checked ({ConvolutionCheck.Switch} says that they are right)");

        var (exit, text) = await TestProcess.RunDisturbedAsync(nameof(LooseConvolutionTests), right, everywhere);

        exit.Should().NotBe(0, "the disturbance makes convolutions wrong");
        text.Should().Contain("(from: 17, to: 64, side: 24, kernel: 3, dilation: 1, groups: 1) [FAIL]", "17 channels fill no block")
            .And.NotContain("(from: 24, to: 72, side: 40, kernel: 1, dilation: 1, groups: 1) [FAIL]", "other kinds of convolution do not go wrong");
        (_, text) = await TestProcess.RunDisturbedAsync(nameof(ConvolutionPanelTests), right, everywhere);
        text.Should().Contain("(way: \"Plain\") [FAIL]").And.NotContain("(way: \"Tiled\") [FAIL]", "those are this library's own");
        (exit, _) = await TestProcess.RunDisturbedAsync(nameof(ChannelsLastConvolutionTests), right, everywhere);
        exit.Should().Be(128 + 8, "the process ends without a word, by a division by zero (SIGFPE)");
    }

    [Fact]
    public async Task VerdictForcedToWrong_TurnsOneDnnOff() =>
        (await DescribedAsync(TestProcess.RunAsync(Describing, (ConvolutionCheck.Switch, "wrong")))).Should()
            .Contain($"wrong ({ConvolutionCheck.Switch} says so); oneDNN is off, and the convolutions are right");

    [Fact]
    public async Task UnknownWish_IsToldAndTheCheckIsDone() =>
        (await DescribedAsync(TestProcess.RunAsync(Describing, (ConvolutionCheck.Switch, "maybe")))).Should()
            .Contain($"right ({ConvolutionCheck.Switch} is 'maybe', which is none of right, wrong and check)");

    [Fact]
    public async Task ProcessorWithoutAvx2_IsTold() =>
        (await DescribedAsync(TestProcess.RunAsync(Describing, ("DOTNET_EnableAVX2", "0")))).Should().Contain("this processor has no AVX2");

    private static string Describing => nameof(TorchRuntimeTests);

    private static async Task<string> DescribedAsync(Task<(int Exit, string Text)> run)
    {
        var (exit, text) = await run;
        exit.Should().Be(0, text);
        return text.Split('\n').Single(line => line.Contains("(TorchSharp ", StringComparison.Ordinal));
    }
}
