using AwesomeAssertions;
using SingleShot.Models;
using Xunit;

namespace SingleShot.Tests.Models;

public class DetectionSettingsTests
{
    [Theory]
    [InlineData(double.NaN, 1, 0, 1, "ScoreThreshold is NaN; it has to be from 0 to 1.*")]
    [InlineData(-0.25, 1, 0, 1, "ScoreThreshold is -0.25; *")]
    [InlineData(0, 0, 0, 1, "CandidatesPerClass is 0; it has to be at least 1.*")]
    [InlineData(0, 1, 1.5, 1, "Overlap is 1.5; *")]
    [InlineData(0, 1, double.PositiveInfinity, 1, "Overlap is Infinity; *")]
    [InlineData(0, 1, 0, -1, "DetectionsPerImage is -1; *")]
    public void NumberOutOfItsRange_IsRefusedByName(double score, int candidates, double overlap, int detections, string message)
    {
        var make = () => new DetectionSettings(score, candidates, overlap, detections);
        var change = () => new DetectionSettings() with
        {
            ScoreThreshold = score,
            CandidatesPerClass = candidates,
            Overlap = overlap,
            DetectionsPerImage = detections,
        };

        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        change.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    [Fact]
    public void EdgesOfTheRanges_AreAllowed_AndEqualWhatTheyEqual()
    {
        var least = new DetectionSettings(0, 1, 0, 1);
        var most = new DetectionSettings(1, int.MaxValue, 1, int.MaxValue);

        (most with { ScoreThreshold = 0, CandidatesPerClass = 1, Overlap = 0, DetectionsPerImage = 1 }).Should().Be(least);
        least.Should().NotBe(most);
        var (score, candidates, overlap, detections) = most;
        (score, candidates, overlap, detections).Should().Be((1, int.MaxValue, 1, int.MaxValue));
    }
}
