using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Training;
using Xunit;

namespace SingleShot.Tests.Figures;

public class TrainingDashboardTests
{
    private static readonly TrainingStep Step = new(1, 0, 0.001, 1, 2, 0.5, 3.5, 10, 30, 16, 0.5, 0.05, 42)
    {
        ForwardSeconds = 0.15,
        BackwardSeconds = 0.25,
    };

    private static TrainingDashboard Dashboard => new(Markup.Gray(96, 96), [new GroundTruth(new BoundingBox(10, 10, 40, 40), 0)]);

    [Fact]
    public void Draw_Numbers_AreThoseOfTheHistory()
    {
        var figure = Dashboard.Draw([.. Enumerable.Range(1, 60).Select(i => Step with { Step = i, Epoch = (i - 1) / 20 })], 100);

        figure.Summary.Should().Be("Step 60 of 100: loss 3.50");
        var text = Regex.Replace(figure.ToHtml(), "<script.*?</script>|<[^>]*>", "\n", RegexOptions.Singleline);
        Regex.Replace(text, @"\s+", " ").Should().ContainAll(
            "step 60 of 100", "epoch 3", "loss 3.50", "learning rate 0.001", "images/s 32", "time left 0:20", "live tensors 42",
            "Time of a step: 500 ms", "waiting for data 10.0%", "forward: predictions and loss 30.0%", "backward: gradients and step 50.0%", "the rest 10.0%");
    }

    [Fact]
    public void Watch_EachMoment_IsALayerOfThePicture()
    {
        var dashboard = Dashboard;
        dashboard.Watch(0, []);
        dashboard.Watch(10, [new DetectedObject(new BoundingBox(11, 11, 39, 39), 0, "cat", 0.75)]);
        var before = dashboard.Draw([Step], 100);
        dashboard.Watch(20, []);

        before.ToHtml().Should().ContainAll("data-snapshot=\"0\"", "data-snapshot=\"1\"", "cat 0.75", "step 10: 1 detection, 1 object.").And.NotContain("data-snapshot=\"2\"");
        dashboard.Draw([Step], 100).ToHtml().Should().Contain("data-snapshot=\"2\"");
    }

    [Fact]
    public void Watch_StepThatWasWatched_IsTheSameMomentAnew()
    {
        var dashboard = Dashboard;
        dashboard.Watch(10, [new DetectedObject(new BoundingBox(11, 11, 39, 39), 0, "cat", 0.75)]);
        dashboard.Watch(10, []);

        dashboard.Draw([Step], 100).ToHtml().Should().Contain("step 10: 0 detections, 1 object.").And.NotContainAny("cat 0.75", "data-snapshot=\"1\"");
    }

    [Fact]
    public void Draw_BeforeTheFirstStep_SaysSo() => Dashboard.Draw([], 100).ToHtml().Should().Contain("after the first step");

    [Fact]
    public void Draw_StepThatFinishedARun_LeavesNoTime() =>
        Dashboard.Draw([Step with { Step = 140 }], 100).ToHtml().Should().Contain("0:00");

    [Fact]
    public void Draw_RateThatFalls_KeepsItsCorners()
    {
        var html = Dashboard.Draw([.. Enumerable.Range(1, 9).Select(i => Step with { Step = i, LearningRate = i <= 5 ? 0.03 : 0.006 })], 9).ToHtml();

        html.Should().Contain("[1.0,5.0,6.0,9.0]").And.Contain("[0.03,0.03,0.006,0.006]");
    }

    [Fact]
    public void Draw_HistoryWithoutTimes_HasNoShares()
    {
        var html = Dashboard.Draw([Step with { Seconds = 0, DataSeconds = 0, ForwardSeconds = 0, BackwardSeconds = 0 }], 100).ToHtml();

        html.Should().ContainAll("0.0%", "unknown").And.NotContainAny("NaN%", "∞");
    }
}
