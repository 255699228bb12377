using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Voc;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Voc;

public sealed class VocWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Path.Combine(_folder.Path, "voc");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesTheSmallestWholePixels()
    {
        var set = Set(Sample("a & b.jpg", new GroundTruth(new BoundingBox(10, 5, 40, 30), 1) { Difficult = true }, new GroundTruth(new BoundingBox(0.4, 1.5, 20.01, 39.9), 0)), Sample("c.png"));
        VocWriter.Write(Root, "train", set);

        var read = VocReader.Read(Root, "train", ["cat", "dog"]);
        read.Problems.Should().BeEmpty();
        read.Samples.Select(sample => (sample.Id, sample.Width, sample.Height)).Should().Equal(("a & b", 60, 40), ("c", 60, 40));
        read.Samples[0].Truths.Should().Equal(new GroundTruth(new BoundingBox(10, 5, 40, 30), 1) { Difficult = true }, new GroundTruth(new BoundingBox(0, 1, 21, 40), 0));
        read.Samples[1].Truths.Should().BeEmpty();
        File.ReadAllBytes(read.Samples[0].ImagePath).Should().Equal(File.ReadAllBytes(set.Samples[0].ImagePath));
    }

    [Fact]
    public void Write_SecondSplit_KeepsTheFirst_AndTwiceIsTheSame()
    {
        VocWriter.Write(Root, "train", Set(Sample("a.jpg")));
        VocWriter.Write(Root, "val", Set(Sample("b.jpg", new GroundTruth(new BoundingBox(1, 1, 9, 9), 0))));
        var before = Directory.GetFiles(Root, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        VocWriter.Write(Root, "val", VocReader.Read(Root, "val"));

        Directory.GetFiles(Root, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText).Should().Equal(before);
        VocReader.Read(Root, "train").Samples.Should().ContainSingle();
    }

    [Fact]
    public void Write_Crowd_IsLeftOut()
    {
        VocWriter.Write(Root, "train", Set(Sample("a.jpg", new GroundTruth(new BoundingBox(1, 1, 9, 9), 0) { Crowd = true })));

        VocReader.Read(Root, "train").Samples.Single().Truths.Should().BeEmpty();
    }

    [Fact]
    public void Write_TwoImagesOfOneName_OrOneThatIsNotThere_SaysWhich()
    {
        FluentActions.Invoking(() => VocWriter.Write(Root, "train", Set(Sample("a.jpg"), Sample("a.png")))).Should().Throw<ArgumentException>().WithMessage("Two images are called a;*");
        FluentActions.Invoking(() => VocWriter.Write(Root, "train", Set(Sample("a.jpg") with { ImagePath = "gone.jpg" }))).Should().Throw<ImageFileException>().WithMessage("gone.jpg does not exist*");
    }

    private static DataSet Set(params Sample[] samples) => new("set", ["cat", "dog"], samples, []);

    private Sample Sample(string name, params GroundTruth[] truths)
    {
        var path = _folder.File("pictures", name);
        ImageFile.Write(path, RgbImage.Create(60, 40, _ => { }));
        return new Sample("1", path, 60, 40, truths);
    }
}
