using AwesomeAssertions;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Training;

public class LearningRateScheduleTests
{
    [Fact]
    public void Schedule_WarmsUp_ThenFallsAtEachMilestone()
    {
        var schedule = new LearningRateSchedule(4, [10, 20]);

        new[] { 0, 1, 3, 4, 9, 10, 19, 20 }.Select(schedule.At).ToArray()
            .Should().BeApproximately([0.25, 0.5, 1, 1, 1, 0.1, 0.1, 0.01], 1e-12);
    }

    [Fact]
    public void Cosine_WarmsUp_ThenFallsToHalfInTheMiddle_AndToNothingAtItsEnd()
    {
        var schedule = LearningRateSchedule.Cosine(steps: 14, warmUp: 2);

        new[] { 0, 1, 2, 5, 8, 11, 14, 100 }.Select(schedule.At).ToArray()
            .Should().BeApproximately([0.5, 1, 1, (1 + Math.Sqrt(0.5)) / 2, 0.5, (1 - Math.Sqrt(0.5)) / 2, 0, 0], 1e-12);
    }

    [Fact]
    public void LargerBatch_GetsARateThatIsLargerAsMuch_AndAWarmUp()
    {
        var settings = new TrainingSettings { Steps = 10, Schedule = new(0, [80_000]) }.ForBatchOf(256, warmUp: 400);

        settings.LearningRate.Should().BeApproximately(8e-3, 1e-12);
        (settings.Schedule.WarmUp, settings.Schedule.Milestones[0]).Should().Be((400, 80_000));
    }
}
