using System.Text.Json;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Figures;
using SingleShot.Networks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Figures;

/// <summary>What explorers are before a browser runs them; Browser.Tests move their sliders.</summary>
public class ExploreTests
{
    private static readonly SsdSpecification Model = Specifications.Small(["cat", "</script><b>"]);
    private static readonly GroundTruth[] Truths = [new(new BoundingBox(10, 10, 40, 50), 0), new(new BoundingBox(60, 60, 69, 70), 1)];

    [Fact]
    public void Matching_OfTwoObjects_TellsTheirMatchesInWords()
    {
        var html = Explore.Matching(Markup.Grey(96, 96), Truths, Model).ToHtml();

        // The second is smaller than the smallest default boxes, 14.4 pixels, and so is matched by force alone.
        html.Should().Contain("1 of them forced").And.Contain("<td>9 x 10</td>");
        Regex.Match(html, "<tr><td>1: .*?</tr>").Value.Should().EndWith("<td>1</td><td>1</td></tr>");
    }

    [Fact]
    public void Matching_ManyToMany_NamesTheObjectThatNobodyMatches()
    {
        var html = Explore.Matching(Markup.Grey(96, 96), Truths, Model, manyToMany: true).ToHtml();

        html.Should().Contain("0 of them forced").And.Contain("Objects that nobody matches: 1 (&lt;/script&gt;&lt;b&gt;)");
    }

    [Fact]
    public void Explorers_NamesWithMarkup_EndNoScript()
    {
        var predictions = (Offsets: zeros(760, 4), Scores: zeros(760, 3));
        Figure[] figures =
        [
            Explore.Matching(Markup.Grey(96, 96), Truths, Model),
            Explore.Mining(Markup.Grey(96, 96), Truths, Model, [("</script>", predictions.Scores)]),
            Explore.Detection(Markup.Grey(96, 96), Model, predictions.Offsets, predictions.Scores, Truths),
            Explore.Suppression(Markup.Grey(96, 96), Model, predictions.Offsets, predictions.Scores),
            Explore.Snapshots(Markup.Grey(96, 96), [("</script>", [])]),
        ];

        figures.Should().AllSatisfy(figure =>
        {
            var html = figure.ToHtml();
            Regex.Count(html, "<script").Should().Be(2);
            Regex.Count(html, "</script").Should().Be(2, "one element holds the data, the other the code");
            html.Should().NotContain("<b>");
            FluentActions.Invoking(() => JsonDocument.Parse(Regex.Match(html, "application/json\">(.*?)</script>").Groups[1].Value)).Should().NotThrow();
        });
    }

    [Fact]
    public void Explorers_WithoutObjects_AreDrawn()
    {
        Explore.Matching(Markup.Grey(96, 96), [], Model).ToHtml().Should().Contain("0 matches, 0 of them forced. 760 of 760 default boxes match nothing.");
        Explore.Mining(Markup.Grey(96, 96), [], Model, [("untrained", zeros(760, 3))]).ToHtml().Should().Contain("0 positives, 0 negatives of 760.");
        Explore.Coverage([], Model).ToHtml().Should().Contain("0 of 0 objects are covered");
    }

    [Fact]
    public void Detection_NothingAboveTheScore_IsAPictureWithoutBoxes()
    {
        var scores = zeros(760, 3);
        scores[.., 0] = 20; // the background is sure
        var figure = Explore.Detection(Markup.Grey(96, 96), Model, zeros(760, 4), scores);

        Markup.Boxes(Markup.SvgOf(figure)).Should().BeEmpty();
        figure.ToHtml().Should().Contain("0 detections left by suppression");
    }

    [Fact]
    public void Detection_BatchInsteadOfAnImage_IsRefusedWithTheWayOut() =>
        FluentActions.Invoking(() => Explore.Detection(Markup.Grey(96, 96), Model, zeros(1, 760, 4), zeros(1, 760, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*[760, 4]*[1, 760, 4]*tensor[0]*").WithParameterName("offsets");

    [Fact]
    public void Explorers_ArgumentsOutOfRange_AreRefused()
    {
        FluentActions.Invoking(() => Explore.Matching(Markup.Grey(9, 9), [], Model, threshold: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Detection(Markup.Grey(9, 9), Model, zeros(760, 4), zeros(760, 3), overlap: 1.5)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Mining(Markup.Grey(9, 9), [], Model, [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Explore.Mining(Markup.Grey(9, 9), [], Model, [("a", zeros(760, 9))])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Explore.Snapshots(Markup.Grey(9, 9), [])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Coverage_OfManyObjects_TakesSome()
    {
        Sample[] samples = [new("a", "", 96, 96, [.. Enumerable.Repeat(Truths[0], 2400)])];

        Explore.Coverage(samples, Model).ToHtml().Should().Contain("1000 of the 2400 objects").And.Contain("1000 of 1000 objects are covered");
    }

    [Fact]
    public void Explorers_TensorsOfTheCaller_AreItsOwnStill()
    {
        using var scope = NewDisposeScope();
        var (offsets, scores) = (zeros(760, 4), zeros(760, 3));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Explore.Detection(Markup.Grey(96, 96), Model, offsets, scores, Truths).ToHtml();
        Explore.Mining(Markup.Grey(96, 96), Truths, Model, [("a", scores)]).ToHtml();
        Explore.Matching(Markup.Grey(96, 96), Truths, Model).ToHtml();

        offsets.IsInvalid.Should().BeFalse();
        scores.IsInvalid.Should().BeFalse();
        const int Decoders = 2; // of what is shown and of all candidates: each keeps its default boxes beside the predictions until it is collected
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before + Decoders);
    }
}
