using System.Text.Json;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Models;
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
        var html = Explore.Matching(Markup.Gray(96, 96), Truths, Model).ToHtml();

        // The second is smaller than the smallest default boxes, 14.4 pixels, and so is matched by force alone.
        html.Should().Contain("1 of them forced").And.Contain("<td>9 x 10</td>");
        Regex.Match(html, "<tr><td>1: .*?</tr>").Value.Should().EndWith("<td>1</td><td>1</td></tr>");
    }

    [Fact]
    public void Matching_ManyToMany_NamesTheObjectThatNobodyMatches()
    {
        var html = Explore.Matching(Markup.Gray(96, 96), Truths, Model, manyToMany: true).ToHtml();

        html.Should().Contain("0 of them forced").And.Contain("Objects that nobody matches: 1 (&lt;/script&gt;&lt;b&gt;)");
    }

    [Fact]
    public void Explorers_NamesWithMarkup_EndNoScript()
    {
        var predictions = (Offsets: zeros(760, 4), Scores: zeros(760, 3));
        Figure[] figures =
        [
            Explore.Matching(Markup.Gray(96, 96), Truths, Model),
            Explore.Mining(Markup.Gray(96, 96), Truths, Model, [("</script>", predictions.Scores)]),
            Explore.Detection(Markup.Gray(96, 96), Model, predictions.Offsets, predictions.Scores, Truths),
            Explore.Suppression(Markup.Gray(96, 96), Model, predictions.Offsets, predictions.Scores),
            Explore.Snapshots(Markup.Gray(96, 96), [("</script>", [])]),
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

    public static TheoryData<SsdSpecification> Models =>
        [Specifications.Small(["a"]), Specifications.Small(["a"], 384), Specifications.Ssd300(["a"]), Specifications.Ssd512(["a"]), Specifications.SsdLite320(["a"])];

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Network_OfAnyModel_HasTheMapsThatItsLayersGive(SsdSpecification model)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = new SsdNetwork(model, seed: 1);
        network.eval();
        var maps = network.Backbone.call(zeros(1, 3, model.InputSize, model.InputSize));

        var shapes = Regex.Matches(Explore.Network(model).ToHtml(), @">(\d+ x \d+ x \d+)</text>").Select(shape => shape.Groups[1].Value).ToList();

        shapes[0].Should().Be($"3 x {model.InputSize} x {model.InputSize}");
        shapes.Should().ContainInOrder(maps.Select(map => string.Join(" x ", map.shape.Skip(1))));
        Explore.Network(model).ToHtml().Should().Contain($"{model.BoxCount} in all");
    }

    [Fact]
    public void Detections_OfPicturesOfTwoSizes_AreRefused()
    {
        using var network = new SsdNetwork(Model, seed: 1);
        var of = (params int[] sizes) => Explore.Detections(network, [.. sizes.Select(size => new Example(Markup.Gray(size, size), []))]);

        of.Invoking(show => show(96, 48)).Should().Throw<ArgumentException>().WithMessage("Picture 1 is 48 x 48, the first 96 x 96*");
        of.Invoking(show => show()).Should().Throw<ArgumentException>().WithMessage("At least one picture*");
        of(48, 48).ToHtml().Should().Contain("name=\"picture\"");
        network.training.Should().BeTrue("the network is left as it was");
    }

    [Fact]
    public void Film_OfFramesOfTwoSizes_OrAtNoSpeed_IsRefused()
    {
        var of = (double speed, params int[] sizes) => Explore.Film([.. sizes.Select(size => (Markup.Gray(size, size), (IReadOnlyList<DetectedObject>)[]))], speed);

        of.Invoking(show => show(10, 96, 48)).Should().Throw<ArgumentException>().WithMessage("Picture 1 is 48 x 48, the first 96 x 96*").WithParameterName("frames");
        of.Invoking(show => show(10)).Should().Throw<ArgumentException>().WithMessage("At least one picture*");
        of.Invoking(show => show(double.NaN, 96)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 to 30 frames a second*");
        of(25, 48, 48).ToHtml().Should().Contain("data-milliseconds=\"40\"");
    }

    [Fact]
    public void Explorers_WithoutObjects_AreDrawn()
    {
        Explore.Matching(Markup.Gray(96, 96), [], Model).ToHtml().Should().Contain("0 matches, 0 of them forced. 760 of 760 default boxes match nothing.");
        Explore.Mining(Markup.Gray(96, 96), [], Model, [("untrained", zeros(760, 3))]).ToHtml().Should().Contain("0 positives, 0 negatives of 760.");
        Explore.Coverage([], Model).ToHtml().Should().Contain("0 of 0 objects are covered");
    }

    [Fact]
    public void Detection_NothingAboveTheScore_IsAPictureWithoutBoxes()
    {
        var scores = zeros(760, 3);
        scores[.., 0] = 20; // the background is sure
        var figure = Explore.Detection(Markup.Gray(96, 96), Model, zeros(760, 4), scores);

        Markup.Boxes(Markup.SvgOf(figure)).Should().BeEmpty();
        figure.ToHtml().Should().Contain("0 detections left by suppression");
    }

    [Fact]
    public void Detection_BatchInsteadOfAnImage_IsRefusedWithTheWayOut() =>
        FluentActions.Invoking(() => Explore.Detection(Markup.Gray(96, 96), Model, zeros(1, 760, 4), zeros(1, 760, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*[760, 4]*[1, 760, 4]*tensor[0]*").WithParameterName("offsets");

    [Fact]
    public void Explorers_ArgumentsOutOfRange_AreRefused()
    {
        FluentActions.Invoking(() => Explore.Matching(Markup.Gray(9, 9), [], Model, threshold: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Matching(Markup.Gray(9, 9), [], Model, threshold: double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Detection(Markup.Gray(9, 9), Model, zeros(760, 4), zeros(760, 3), overlap: 1.5)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Suppression(Markup.Gray(9, 9), Model, zeros(760, 4), zeros(760, 3), double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Explore.Mining(Markup.Gray(9, 9), [], Model, [])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Explore.Mining(Markup.Gray(9, 9), [], Model, [("a", zeros(760, 9))])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Explore.Snapshots(Markup.Gray(9, 9), [])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void AveragePrecision_OfTheLessonsTen_SaysWhatTheLessonWorksOutByHand()
    {
        var truths = Enumerable.Range(0, 5).Select(i => new GroundTruth(BoundingBox.FromSize(24 + 100 * i, 24, 60, 60), 3)).ToList();
        BoundingBox Near(int truth, double right, double down) => truths[truth].Box.Shift(right, down);
        BoundingBox[] places =
        [
            Near(0, 3, 2), Near(1, -4, 3), Near(0, -6, -6), Near(2, 2, -5), Near(3, 30, 22),
            BoundingBox.FromSize(70, 120, 50, 40), Near(3, -3, 4), Near(4, -34, -14),
            BoundingBox.FromSize(240, 125, 60, 40), BoundingBox.FromSize(420, 118, 45, 45),
        ];
        var detections = places.Select((box, i) => new DetectedObject(box, 3, "thing", 0.95 - 0.08 * i)).Reverse().ToList(); // the least sure first
        var html = Explore.AveragePrecision(Markup.Gray(530, 180), truths, detections).ToHtml();

        html.Should().Contain("<p role=\"status\">At an overlap of 0.50, 4 of 10 detections are right and 4 of 5 objects found: precision 0.400, recall 0.800. "
            + "Average precision: area 0.664, eleven recalls 0.695, COCO&#39;s 101 recalls 0.668. Mean over the ten overlaps 0.50 to 0.95: 0.421.</p>")
            .And.Contain("<tr><td>3</td><td>0.790</td><td>0.681</td><td>wrong: 1 has it</td><td>0.667</td><td>0.400</td></tr>");
        Markup.Boxes(Markup.SvgOf(Explore.AveragePrecision(Markup.Gray(530, 180), truths, detections))).Should().HaveCount(15);
    }

    [Fact]
    public void AveragePrecision_BestObjectTaken_TakesTheNextBestAsCocoDoes()
    {
        GroundTruth[] truths = [new(new BoundingBox(0, 0, 40, 40), 0), new(new BoundingBox(10, 0, 50, 40), 0)];
        DetectedObject[] detections = [new(new BoundingBox(0, 0, 40, 40), 0, "a", 0.9), new(new BoundingBox(1, 0, 41, 40), 0, "a", 0.8)];

        Explore.AveragePrecision(Markup.Gray(96, 96), truths, detections).ToHtml().Should()
            .Contain("2 of 2 detections are right and 2 of 2 objects found: precision 1.000, recall 1.000. Average precision: area 1.000, eleven recalls 1.000, COCO&#39;s 101 recalls 1.000.")
            .And.Contain("right: the best object still free, overlap 0.633");
    }

    [Fact]
    public void AveragePrecision_OfWhatItCannotShow_IsRefusedWithTheReason()
    {
        var truth = Truths[0];
        var found = new DetectedObject(truth.Box, truth.Label, "cat", 0.5);
        void Refused(IReadOnlyList<GroundTruth> truths, IReadOnlyList<DetectedObject> detections, string name, string message) =>
            FluentActions.Invoking(() => Explore.AveragePrecision(Markup.Gray(96, 96), truths, detections)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(name);

        Refused([], [found], "truths", "*no object*");
        Refused([truth], [], "detections", "*no detection*");
        Refused([truth], [found, found with { Label = 2 }], "detections", "*one class*labels 0, 2*");
        Refused(Truths, [found], "detections", "*one class*labels 0, 1*");
        Refused([truth], [.. Enumerable.Repeat(found, 101)], "detections", "*101 detections*100 with the highest scores*");
        Refused([truth with { Crowd = true }], [found], "truths", "*crowd*");
        Refused([truth], [found with { Score = double.NaN }], "detections", "*finite*");
        Refused([truth with { Box = new BoundingBox(0, 0, double.PositiveInfinity, 9) }], [found], "truths", "*finite*");
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
        Explore.Detection(Markup.Gray(96, 96), Model, offsets, scores, Truths).ToHtml();
        Explore.Mining(Markup.Gray(96, 96), Truths, Model, [("a", scores)]).ToHtml();
        Explore.Matching(Markup.Gray(96, 96), Truths, Model).ToHtml();

        offsets.IsInvalid.Should().BeFalse();
        scores.IsInvalid.Should().BeFalse();
        const int Decoders = 2; // of what is shown and of all candidates: each keeps its default boxes beside the predictions until it is collected
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before + Decoders);
    }
}
