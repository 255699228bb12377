using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Batches;
using SingleShot.Data.Coco;
using SingleShot.Data.Doctor;
using SingleShot.Data.Voc;
using SingleShot.Images;
using SingleShot.Tests.Images;
using Xunit;

namespace SingleShot.Tests.Data;

/// <summary>Pictures that their camera says to turn: which way up they are taken, by the reader, in training and by the doctor.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, 64, 32, Orientation.Shown, 48)]
    [InlineData(3, 64, 32, Orientation.Stored, 16)]
    [InlineData(2, 64, 32, Orientation.Shown, 48)]
    [InlineData(6, 64, 32, Orientation.Shown, 16)]
    [InlineData(8, 64, 32, Orientation.Shown, 16)]
    public void TurnedPicture_IsTakenAsItsSizeSays_ElseAsThePolicySays(int note, int width, int height, Orientation policy, int redX)
    {
        var set = Voc(note, width, height, policy);

        var image = set.Samples[0].ReadImage();
        (image.Width, image.Height).Should().Be((width, height));
        ((int)image.At(redX, 16).Red).Should().BeGreaterThan(200);
        new SampleReader(set.Samples, 0).Read(0)!.Pixels.ToArray().Should().Equal(image.Pixels.ToArray());
    }

    [Fact]
    public void SizeAsShown_OfAPictureThatIsTurned_IsNoLongerAnotherSize()
    {
        var set = Voc(6, 32, 64, Orientation.Stored);
        set.Samples[0].ReadImage().Width.Should().Be(32);
        DataDoctor.Examine(set).Findings.Select(finding => finding.Kind).Should().Equal(FindingKind.Turned);
    }

    [Theory]
    [InlineData(Orientation.Shown, 32, 64)]
    [InlineData(Orientation.Stored, 64, 32)]
    public void SizeThatIsMissing_IsThatOfThePictureTheWayUpThatIsAsked(Orientation policy, int width, int height)
    {
        CameraNotes.Write(_folder.File("a.jpg"), 6);
        var file = _folder.Write("""{"images": [{"id": 3, "file_name": "a.jpg"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""", "instances.json");
        var sample = CocoReader.Read(file, _folder.Path, orientation: policy).Samples[0];
        (sample.Width, sample.Height).Should().Be((width, height));
        sample.ReadImage().Width.Should().Be(width);
    }

    [Theory]
    [InlineData(Orientation.Shown)]
    [InlineData(Orientation.Stored)]
    public void Doctor_NamesEveryPictureWhoseOrientationMatters(Orientation policy)
    {
        var report = DataDoctor.Examine(Voc(3, 64, 32, policy));

        report.Findings.Should().ContainSingle().Which.Text.Should().EndWith($"has a camera's note, HalfTurn; taken as {policy}");
        report.Findings[0].ImageId.Should().Be("a");
        report.Healthy.Should().BeTrue();
        DataDoctor.Examine(Voc(1, 64, 32, policy)).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Doctor_NamesPicturesOfSeveralImages()
    {
        var path = CameraNotes.Write(_folder.File("a.jpg"), 1);
        Sample[] samples = [.. new[] { "1", "2" }.Select(id => new Sample(id, path, 64, 32, [new GroundTruth(new BoundingBox(1, 1, 9, 9), 0)]))];
        DataDoctor.Examine(new DataSet("mine", ["cat"], samples, [])).Findings.Should().ContainSingle().Which.Text.Should()
            .Be($"image 2 ({path}): is the picture of image 1 too");
    }

    [Fact]
    public void Doctor_NamesFilesOfSeveralPictures()
    {
        var path = _folder.File("a.gif");
        File.WriteAllBytes(path, [.. OddPicturesTests.Gif]);
        var report = DataDoctor.Examine(new DataSet("mine", [], [new Sample("1", path, 1, 1, [])], []));
        report.Findings.Select(finding => finding.Kind).Should().Equal(FindingKind.Empty, FindingKind.Leniency);
        report.Findings[1].Text.Should().EndWith("holds 2 pictures; the first is read");
    }

    private DataSet Voc(int note, int width, int height, Orientation policy)
    {
        CameraNotes.Write(_folder.File("JPEGImages", "a.jpg"), note);
        _folder.Write($"<annotation><size><width>{width}</width><height>{height}</height></size><object><name>cat</name>"
            + "<bndbox><xmin>2</xmin><ymin>2</ymin><xmax>20</xmax><ymax>20</ymax></bndbox></object></annotation>", "Annotations", "a.xml");
        _folder.Write("a", "ImageSets", "Main", "train.txt");
        return VocReader.Read(_folder.Path, "train", orientation: policy);
    }
}
