using AwesomeAssertions;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Training;

public class TrainingSettingsTests
{
    private static readonly TrainingSettings Usual = new() { Steps = 10 };

    public static TheoryData<Func<object>, string> Wrong => new()
    {
        { () => Usual with { Steps = 0 }, "0 steps are asked for. *" },
        { () => Usual with { LearningRate = -0.5 }, "LearningRate is -0.5; it has to be at least 0.*" },
        { () => Usual with { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity; *" },
        { () => Usual with { Momentum = 1.5 }, "Momentum is 1.5; it has to be from 0 to 1.*" },
        { () => Usual with { WeightDecay = double.NaN }, "WeightDecay is NaN; *" },
        { () => Usual with { GradientLimit = 0 }, "GradientLimit is 0; it has to be above 0.*" },
        { () => Usual with { BatchesPerStep = 0 }, "BatchesPerStep is 0; it has to be at least 1.*" },
        { () => Usual with { AverageDecay = 1.5 }, "AverageDecay is 1.5; it has to be from 0 to 1.*" },
        { () => LearningRateSchedule.Cosine(0), "CosineEnd is 0; it has to be at least 1.*" },
        { () => Usual.ForBatchOf(0), "batch is 0; *" },
        { () => new LearningRateSchedule(-1, []), "WarmUp is -1; *" },
        { () => LearningRateSchedule.Constant with { Milestones = [5, -7] }, "Milestones[1] is -7; *" },
        { () => new LearningRateSchedule(0, [5], 2), "Factor is 2; it has to be from 0 to 1.*" },
        { () => new MomentumSgd([], double.NaN, 0), "momentum is NaN; *" },
        { () => new MomentumSgd([], 0.9, -1), "weightDecay is -1; *" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void NumberOutOfItsRange_IsRefusedByName(Func<object> make, string message) =>
        FluentActions.Invoking(make).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    [Fact]
    public void StepOfARateThatIsNoNumber_IsRefused()
    {
        using var optimizer = new MomentumSgd([], 0.9, 0);

        FluentActions.Invoking(() => optimizer.Step(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("rate is NaN; *");
    }

    [Fact]
    public void EdgesOfTheRanges_AreAllowed()
    {
        var settings = Usual with { LearningRate = 0, Momentum = 0, WeightDecay = 0, GradientLimit = null, Schedule = new(0, [0], 1) };

        settings.Should().Be(settings with { Momentum = 0 }).And.NotBe(settings with { Momentum = 1 });
    }
}
