using AwesomeAssertions;
using SingleShot.Data.Shapes;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Detection;

public class DetectorTests
{
    private static readonly DetectionSettings Everything = new(ScoreThreshold: 0.2);

    [Fact]
    public void PicturesOfMixedSizes_AreDetectedTogetherAsAlone()
    {
        using var network = new SsdNetwork(Specifications.Small(["a", "b"]), seed: 5);
        network.to(float64);
        var detector = new Detector(network, Everything);
        RgbImage[] images = [Scene(0, 96), Scene(1, 130), Scene(2, 61)];

        var together = detector.Detect(images);

        foreach (var (image, found) in images.Zip(together))
        {
            var alone = detector.Detect(image);
            found.Should().HaveSameCount(alone).And.NotBeEmpty();
            found.Select(detection => detection.Label).Should().Equal(alone.Select(detection => detection.Label));
            found.Select(detection => detection.Score).Should().BeApproximately([.. alone.Select(detection => detection.Score)], 1e-12);
            found.Select(detection => detection.Box.Right).Should().BeApproximately([.. alone.Select(detection => detection.Box.Right)], 1e-9);
            found.Should().AllSatisfy(detection => detection.Box.Bottom.Should().BeInRange(0, image.Height + 1e-4));
        }
    }

    [Fact]
    public void NetworkInFloat64_FindsWhatItFoundInFloat32()
    {
        using var network = new SsdNetwork(Specifications.Small(["a", "b"]), seed: 5);
        var detector = new Detector(network, Everything);
        var single = detector.Detect(Scene(0, 120));

        network.to(float64);
        var exact = detector.Detect(Scene(0, 120));

        network.ElementType.Should().Be(ScalarType.Float64);
        single.Select(detection => detection.Score).Should().BeApproximately([.. exact.Select(detection => detection.Score)], 1e-5);
        single.Select(detection => detection.Score).Should().NotEqual(exact.Select(detection => detection.Score), "these have more digits");
    }

    [Fact]
    public void SettingsAreTheModels_UnlessOthersAreGiven()
    {
        var model = Specifications.Small(["a", "b"]) with { Detection = Everything with { DetectionsPerImage = 3 } };
        using var network = new SsdNetwork(model, seed: 5);

        new Detector(network).Detect(Scene(0, 96)).Should().HaveCount(3);
        new Detector(network, Everything with { DetectionsPerImage = 2 }).Detect(Scene(0, 96)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NetworkWithNaN_IsNotAnEmptyPicture_ButAnErrorThatNamesTheTensor(bool training)
    {
        using var network = new SsdNetwork(Specifications.Small(["a", "b"]), seed: 5);
        var detector = new Detector(network, Everything);
        detector.Detect(Scene(0, 96));
        using (no_grad())
        {
            network.state_dict()["backbone.features.4.running_var"].fill_(float.NaN);
        }
        network.train(training);
        var before = LiveTensors.Count;

        var error = FluentActions.Invoking(() => detector.Detect([Scene(0, 96), Scene(1, 80)])).Should().Throw<NetworkNotFiniteException>().Which;

        error.Message.Should().StartWith("Nothing can be detected in picture 0 of 2. Buffer backbone.features.4.running_var is NaN or infinite in 32 of 32 numbers");
        error.Report.Place.Should().Be(NotFinitePlace.Buffer);
        network.training.Should().Be(training);
        LiveTensors.Count.Should().Be(before);
    }

    [Fact]
    public void PictureThatMakesALayerOverflow_IsNamedWithTheLayer_BesideOneThatDoesNot()
    {
        using var network = new SsdNetwork(Specifications.Small(["a", "b"]) with { Mean = [0, 0, 0] }, seed: 5);
        using (no_grad())
        {
            network.state_dict()["backbone.features.0.weight"].fill_(3e37f);
        }
        var (black, white) = (new RgbImage(8, 8, new byte[192]), new RgbImage(8, 8, [.. Enumerable.Repeat((byte)255, 192)]));
        var detector = new Detector(network, Everything);
        detector.Detect(black).Should().NotBeEmpty();

        var error = FluentActions.Invoking(() => detector.Detect([black, white])).Should().Throw<NetworkNotFiniteException>().Which;

        error.Picture.Should().Be(1);
        error.Message.Should().Contain("picture 1 of 2. NaN or infinity begins in layer backbone.features.0 (Conv2d)");
    }

    [Fact]
    public void DetectingAgainAndAgain_LeavesNoTensors()
    {
        using var network = new SsdNetwork(Specifications.Small(["a", "b"]), seed: 5);
        var detector = new Detector(network, Everything);
        detector.Detect(Scene(0, 96)); // places the default boxes
        var before = LiveTensors.Count;

        for (var i = 0; i < 5; i++)
        {
            detector.Detect(Scene(i, 80 + i));
        }

        LiveTensors.Count.Should().Be(before);
    }

    private static RgbImage Scene(int index, int size) => ShapesGenerator.Draw(seed: 3, index, size).Image;
}
