using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Voc;
using Xunit;

namespace SingleShot.Tests.Data.Voc;

public sealed class VocReaderTests : IDisposable
{
    private const string Dog = "<object><name>dog</name><difficult>1</difficult>"
        + "<bndbox><xmin>11</xmin><ymin>21</ymin><xmax>50</xmax><ymax>60</ymax></bndbox></object>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_GoodFolder_CountsPixelsFromZero()
    {
        Add("a", Dog + Item("cat", "1", "1", "100", "80.0"));
        Add("b", "");
        Split("train", "a", "b");
        var set = VocReader.Read(_folder.Path, "train");
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("cat", "dog");
        set.Samples.Select(sample => sample.Id).Should().Equal("a", "b");
        set.Samples[0].Truths.Should().Equal(
            new GroundTruth(new BoundingBox(10, 20, 50, 60), 1) { Difficult = true }, new GroundTruth(new BoundingBox(0, 0, 100, 80), 0));
        set.Samples[1].Truths.Should().BeEmpty();
    }

    [Fact]
    public void Read_GivenClasses_SkipsOthersAndKeepsTheOrder()
    {
        Add("a", Dog + "\n" + Item("cat", "1", "1", "9", "9"));
        Split("train", "a");
        var set = VocReader.Read(_folder.Path, "train", ["zebra", "dog"]);
        set.ClassNames.Should().Equal("zebra", "dog");
        set.Samples[0].Truths.Should().ContainSingle().Which.Label.Should().Be(1);
        set.Problems.Should().ContainSingle().Which.Should().Match("*a.xml: line 2: class 'cat' is none of those asked for; skipped");
    }

    [Theory]
    [InlineData("5", "5", "5", "9", "no width or no height; skipped")]
    [InlineData("9", "5", "5", "9", "no width or no height; skipped")]
    [InlineData("5", "x", "9", "9", "no box of four numbers; skipped")]
    [InlineData("nan", "5", "9", "9", "no width or no height; skipped")]
    [InlineData("120", "5", "130", "9", "outside the image of 100 x 80; skipped")]
    public void Read_BoxThatCannotBeUsed_IsSkippedWithItsPlace(string xmin, string ymin, string xmax, string ymax, string problem)
    {
        Add("a", Item("cat", xmin, ymin, xmax, ymax) + Dog);
        Split("train", "a");
        var set = VocReader.Read(_folder.Path, "train");
        set.Samples[0].Truths.Should().ContainSingle();
        set.Problems.Should().ContainSingle().Which.Should().Match($"*a.xml: line 1: object 1 of image a: *{problem}");
    }

    [Fact]
    public void Read_BoxPartlyOutside_IsClippedAndTold()
    {
        Add("a", Item("cat", "0", "1", "101", "80"));
        Split("train", "a");
        var set = VocReader.Read(_folder.Path, "train");
        set.Samples[0].Truths[0].Box.Should().Be(new BoundingBox(0, 0, 100, 80));
        set.Problems.Should().ContainSingle().Which.Should().EndWith("clipped");
    }

    [Fact]
    public void Read_ImagesThatCannotBeUsed_AreSkippedAndNamed()
    {
        Add("good", Dog);
        _folder.Write("<annotation>\n<size>\n</annotation>", "Annotations", "broken.xml");
        _folder.Write("<annotation><object/></annotation>", "Annotations", "sizeless.xml");
        _folder.Write("", "JPEGImages", "sizeless.jpg");
        Add("imageless", Dog, image: false);
        Split("train", "good", "broken", "sizeless", "imageless", "absent", "good");
        var set = VocReader.Read(_folder.Path, "train");
        set.Samples.Select(sample => sample.Id).Should().Equal("good");
        set.Problems.Should().HaveCount(5);
        set.Problems[0].Should().Match("*train.txt: line 6: image good comes twice*");
        set.Problems[1].Should().Match("*broken.xml: line 3: not an annotation: *Image broken skipped");
        set.Problems[2].Should().Match("*sizeless.xml: has no size of the image, and *sizeless.jpg is not a picture*Image sizeless skipped");
        set.Problems[3].Should().Match("*imageless.xml: image imageless has no file in *JPEGImages; skipped");
        set.Problems[4].Should().Match("*absent.xml: *Image absent skipped");
    }

    [Fact]
    public void Read_MissingSplit_ListsThoseThatExist()
    {
        Split("val", "a");
        Split("train", "a");
        var read = () => VocReader.Read(_folder.Path, "test");
        read.Should().Throw<FileNotFoundException>().WithMessage("*test.txt does not exist; splits there: train, val.");
    }

    [Fact]
    public void Read_NothingThatCanBeUsed_Throws()
    {
        Split("train", "absent");
        var read = () => VocReader.Read(_folder.Path, "train");
        read.Should().Throw<InvalidDataException>().WithMessage("*no image of the split 'train' that can be used*absent.xml*");
    }

    [Fact]
    public void Read_ListOfOneClass_TakesTheFirstColumn()
    {
        Add("a", Dog);
        Split("dog_train", "a -1", "");
        VocReader.Read(_folder.Path, "dog_train").Samples.Should().ContainSingle();
    }

    [Fact]
    public void Read_FolderWhoseNameHasAPercent_IsReadAsWritten()
    {
        _folder.Write("<annotation><size><width>9</width><height>8</height></size></annotation>", "100%41 #1", "Annotations", "a.xml");
        _folder.Write("", "100%41 #1", "JPEGImages", "a.jpg");
        _folder.Write("a", "100%41 #1", "ImageSets", "Main", "train.txt");
        VocReader.Read(Path.Combine(_folder.Path, "100%41 #1"), "train").Samples.Should().ContainSingle();
    }

    [Fact]
    public void Read_EmptyList_SaysThatNothingIsListed()
    {
        Split("none");
        var read = () => VocReader.Read(_folder.Path, "none");
        read.Should().Throw<InvalidDataException>().WithMessage("*no image of the split 'none' that can be used; 0 are listed.");
    }

    [Fact]
    public void Read_ClassNamedTwice_IsRefusedByName()
    {
        var read = () => VocReader.Read(_folder.Path, "train", ["cat", "dog", "cat"]);
        read.Should().Throw<ArgumentException>().WithMessage("The class 'cat' is named twice*");
    }

    private static string Item(string name, string xmin, string ymin, string xmax, string ymax) =>
        $"<object><name>{name}</name><bndbox><xmin>{xmin}</xmin><ymin>{ymin}</ymin><xmax>{xmax}</xmax><ymax>{ymax}</ymax></bndbox></object>";

    private void Add(string id, string objects, bool image = true)
    {
        _folder.Write($"<annotation><size><width>100</width><height>80</height></size>{objects}</annotation>", "Annotations", $"{id}.xml");
        if (image)
        {
            _folder.Write("", "JPEGImages", $"{id}.jpg");
        }
    }

    private void Split(string name, params string[] lines) => _folder.Write(string.Join('\n', lines), "ImageSets", "Main", $"{name}.txt");
}
