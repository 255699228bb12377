using AwesomeAssertions;
using SingleShot.Detection;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Tests.Training;
using Xunit;

namespace SingleShot.Tests.Evaluation;

public sealed class DetectorRunTests(ShapesFixture shapes) : IClassFixture<ShapesFixture>
{
    [Fact]
    public void UnreadableImage_IsLeftOutByName_AndTheOthersAreJudged()
    {
        var cut = Path.Combine(shapes.Folder, "cut.jpg");
        File.WriteAllBytes(cut, File.ReadAllBytes(shapes.Data.Samples[0].ImagePath)[..200]);
        var data = shapes.Data with { Samples = [shapes.Data.Samples[0] with { Id = "cut", ImagePath = cut }, .. shapes.Data.Samples.Take(4)] };

        var run = DetectorRun.Over(Detector(data.ClassNames), data, batchSize: 2);

        run.Images.Select(image => image.Id).Should().Equal(shapes.Data.Samples.Take(4).Select(sample => sample.Id));
        run.Problems.Should().ContainSingle().Which.Should().Contain(cut);
    }

    [Fact]
    public void NetworkWithNaN_IsToldWithTheImagesId_NotScoredAsFindingNothing()
    {
        using var network = new SsdNetwork(Specifications.Small(shapes.Data.ClassNames), seed: 1);
        using (TorchSharp.torch.no_grad())
        {
            network.state_dict()["backbone.features.0.weight"].fill_(float.NaN);
        }

        var run = () => DetectorRun.Over(new Detector(network), shapes.Data.Take(3), batchSize: 2);

        run.Should().Throw<NetworkNotFiniteException>()
            .WithMessage($"Image '{shapes.Data.Samples[0].Id}' cannot be evaluated. Parameter backbone.features.0.weight is NaN*");
    }

    [Fact]
    public void SettingsThatLetNothingThrough_GiveEveryImageAnEmptyList()
    {
        var run = DetectorRun.Over(Detector(shapes.Data.ClassNames, new DetectionSettings(ScoreThreshold: 1)), shapes.Data.Take(3));

        run.Images.Should().HaveCount(3).And.OnlyContain(image => image.Detections.Count == 0);
        CocoEvaluation.Evaluate(shapes.Data.ClassNames, run.Images).AP.Should().Be(0);
    }

    [Fact]
    public void Detections_LieInsideTheirImage_AndAreNamed()
    {
        var run = DetectorRun.Over(Detector(shapes.Data.ClassNames), shapes.Data.Take(2));

        run.Images.SelectMany(image => image.Detections).Should().NotBeEmpty().And.OnlyContain(found =>
            found.Box.Left >= 0 && found.Box.Top >= 0 && found.Box.Right <= 96.001 && found.Box.Bottom <= 96.001
            && found.ClassName == shapes.Data.ClassNames[found.Label]);
    }

    [Fact]
    public void DetectorOfMoreClasses_IsJudgedOnThoseOfTheData_ByTheirNames()
    {
        string[] more = ["unused 1", .. shapes.Data.ClassNames.Reverse(), "unused 2"];

        var run = DetectorRun.Over(Detector(more), shapes.Data.Take(2));

        run.Images.SelectMany(image => image.Detections).Should().NotBeEmpty()
            .And.OnlyContain(found => found.ClassName == shapes.Data.ClassNames[found.Label]);
    }

    [Fact]
    public void OtherClasses_AreRefusedWithBothLists()
    {
        var run = () => DetectorRun.Over(Detector(["cat", "dog"]), shapes.Data);

        run.Should().Throw<ArgumentException>().WithMessage("*circle, square*cat, dog*");
    }

    [Fact]
    public void ImageOfAnotherSizeThanItsAnnotations_IsLeftOutWithBothSizes()
    {
        var data = shapes.Data with { Samples = [shapes.Data.Samples[0] with { Id = "wide", Width = 200 }, shapes.Data.Samples[1]] };

        var run = DetectorRun.Over(Detector(data.ClassNames), data);

        run.Images.Should().ContainSingle();
        run.Problems.Should().ContainSingle().Which.Should().Match("Image wide is left out: *is 96 x 96, but its annotations are for 200 x 96.");
    }

    private static Detector Detector(IReadOnlyList<string> classNames, DetectionSettings? settings = null) =>
        new(new SsdNetwork(Specifications.Small(classNames), seed: 1), settings);
}
