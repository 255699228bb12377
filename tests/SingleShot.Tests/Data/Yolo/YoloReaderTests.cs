using System.Text;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Yolo;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Yolo;

public sealed class YoloReaderTests : IDisposable
{
    private const string Yaml = "path: .\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoodFolder_HasBoxesInPixels()
    {
        Picture("images/train/a.png");
        Picture("images/train/b.png");
        _folder.Write("1 0.5 0.5 0.25 0.5\n0 0.1 0.1 0.2 0.2\n", "labels", "train", "a.txt");
        var set = Read();
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("cat", "dog");
        set.Samples.Select(sample => (sample.Id, sample.Width, sample.Height)).Should().Equal(("a", 100, 80), ("b", 100, 80));
        set.Samples[0].Truths.Should().Equal(
            new GroundTruth(new BoundingBox(37.5, 20, 62.5, 60), 1), new GroundTruth(new BoundingBox(0, 0, 20, 16), 0));
        set.Samples[1].Truths.Should().BeEmpty();
    }

    [Theory]
    [InlineData("1 .5 .5 .25 .5\r\n\r\n  \r\n", 37.5, 20, 62.5, 60)]
    [InlineData("\ufeff1\t.5  .5 .25 .5   ", 37.5, 20, 62.5, 60)]
    [InlineData("1.0 5e-1 0.5 0.25 0.5", 37.5, 20, 62.5, 60)]
    [InlineData("1 .1 .2 .5 .25 .3 .75", 10, 16, 50, 60)]
    [InlineData("1 .1 .2 .5 .2 .5 .75 .1 .75", 10, 16, 50, 60)]
    [InlineData("1 .5 .5 .25 .5 .97", 37.5, 20, 62.5, 60)]
    [InlineData("1 .9 .5 .4 .5", 70, 20, 100, 60)]
    public void Row_IsReadHoweverItIsWritten(string text, double left, double top, double right, double bottom)
    {
        var truth = Labels(text).Samples[0].Truths.Should().ContainSingle().Subject;
        truth.Label.Should().Be(1);
        foreach (var (found, expected) in new[] { (truth.Box.Left, left), (truth.Box.Top, top), (truth.Box.Right, right), (truth.Box.Bottom, bottom) })
        {
            found.Should().BeApproximately(expected, 1e-9);
        }
    }

    [Theory]
    [InlineData("1 .5 .5 .25", FindingKind.Unreadable, "*a.txt: line 2: is neither 'class x y width height' nor*skipped")]
    [InlineData("dog .5 .5 .25 .5", FindingKind.Unreadable, "*a.txt: line 2: is neither*")]
    [InlineData("1 .5 .5 NaN .5", FindingKind.Unreadable, "*a.txt: line 2: is neither*")]
    [InlineData("1 .1 .2 .3 .4 .5 .6 .7", FindingKind.Unreadable, "*a.txt: line 2: is neither*")]
    [InlineData("2 .5 .5 .25 .5", FindingKind.UnknownClass, "*a.txt: line 2: class 2 is none of those that data.yaml names, 0 to 1; skipped")]
    [InlineData("0.5 .5 .5 .25 .5", FindingKind.UnknownClass, "*class 0.5 is none*")]
    [InlineData("-1 .5 .5 .25 .5", FindingKind.UnknownClass, "*class -1 is none*")]
    [InlineData("1 .5 .5 0 .5", FindingKind.Degenerate, "*a.txt: line 2: box (50, 20, 50, 60) has no width or no height; skipped")]
    [InlineData("1 50 40 20 20", FindingKind.Outside, "*these look like pixels; skipped")]
    [InlineData("1 1.5 .5 .25 .5", FindingKind.Outside, "*is outside the image of 100 x 80; skipped")]
    public void RowThatCannotBeUsed_IsSkippedWithItsPlace(string row, FindingKind kind, string problem)
    {
        var set = Labels($"0 .5 .5 .5 .5\n{row}\n");
        set.Samples[0].Truths.Should().ContainSingle();
        var finding = set.Findings.Should().ContainSingle().Subject;
        (finding.Kind, finding.ImageId).Should().Be((kind, "a"));
        finding.Text.Should().Match(problem);
    }

    [Fact]
    public void KeyPointsAfterTheBox_AreLeftOut()
    {
        Picture("images/train/a.png");
        _folder.Write("1 .5 .5 .25 .5 .1 .1 .2 .2", "labels", "train", "a.txt");
        var set = Read(Yaml + "kpt_shape: [2, 2]\n");
        set.Samples[0].Truths[0].Box.Should().Be(new BoundingBox(37.5, 20, 62.5, 60));
        set.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("train: images/train")]
    [InlineData("train: images\\train")]
    [InlineData("train: [images/train]")]
    [InlineData("train:\n  - images/train  # all of them\n")]
    [InlineData("train: list.txt")]
    [InlineData("train: ./list.txt")]
    [InlineData("train: ../images/train")]
    [InlineData("train: /content/set/images/train")]
    [InlineData("path: /somewhere/else\ntrain: images/train")]
    [InlineData("train: images")]
    public void Split_IsFoundHoweverItIsGiven(string entry)
    {
        Picture("images/train/sub/a.png");
        _folder.Write("1 .5 .5 .25 .5", "labels", "train", "sub", "a.txt");
        _folder.Write("./images/train/sub/a.png\r\n\r\n", "list.txt");
        var set = Read($"{entry}\nnames: [cat, dog]\n");
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle();
        set.Findings.Should().AllSatisfy(finding => finding.Kind.Should().Be(FindingKind.Leniency));
    }

    [Fact]
    public void SeveralFolders_AreOneSplit_AndPicturesOfOneNameStayApart()
    {
        Picture("one/a.png");
        Picture("two/a.png");
        Picture("two/b.PNG");
        _folder.Write("1 .5 .5 .25 .5", "two", "a.txt");
        var set = Read("train: [one, two]\nnames: [cat, dog]");
        set.Samples.Select(sample => sample.Id).Should().Equal(_folder.File("one", "a.png"), _folder.File("two", "a.png"), "b");
        set.Samples.Select(sample => sample.Truths.Count).Should().Equal(0, 1, 0);
    }

    [Fact]
    public void PicturesAndLabelsThatAreLost_AreTold()
    {
        Picture("images/train/a.png");
        _folder.Write("junk", "images", "train", "b.tif");
        _folder.Write("1 .5 .5 .25 .5", "labels", "train", "a.txt");
        _folder.Write("1 .5 .5 .25 .5", "labels", "train", "c.txt");
        _folder.Write("cat", "labels", "train", "classes.txt");
        var set = Read();
        set.Samples.Select(sample => sample.Id).Should().Equal("a");
        set.Problems.Should().HaveCount(2);
        set.Problems[0].Should().Match("*c.txt: there is no picture of this name in *train; skipped");
        set.Problems[1].Should().Match("image b: *b.tif is not a picture that can be read*Skipped with its labels");
    }

    [Fact]
    public void ListedPictures_ThatAreMissingOrComeTwice_AreTold()
    {
        Picture("images/train/a.png");
        _folder.Write("images/train/a.png\nimages/train/gone.png\nimages/train/A.PNG\n", "list.txt");
        var set = Read("train: list.txt\nnames: [cat]");
        set.Samples.Should().ContainSingle();
        set.Problems[0].Should().Match("*list.txt: line 2: images/train/gone.png does not exist; skipped with its labels");
        set.Problems[1].Should().Match("*list.txt: line 3: *a.png comes twice; the first is kept");
        set.Problems[2].Should().Match("*none of the 1 pictures of 'train' has a label file*");
    }

    [Fact]
    public void LabelInWindows1252OrUtf16_IsRead()
    {
        Picture("images/train/a.png");
        File.WriteAllText(_folder.File("labels", "train", "a.txt"), "1 .5 .5 .25 .5", Encoding.Unicode);
        Read().Samples[0].Truths.Should().ContainSingle();
    }

    [Theory]
    [InlineData("train: images/train\n", "*data.yaml has no 'names': the classes*")]
    [InlineData("train: images/train\nnames: [cat, cat]\n", "*data.yaml: the class 'cat' is named twice, as 0 and 1: rename one.")]
    [InlineData("train: images/train\nnames: {first: cat}\n", "*data.yaml: the class 'cat' has the number 'first': numbers count from 0.")]
    public void FileThatNamesNoClasses_IsRefused(string yaml, string message)
    {
        Picture("images/train/a.png");
        FluentActions.Invoking(() => Read(yaml)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void SplitThatIsNotThere_IsToldWithThoseThatAre()
    {
        FluentActions.Invoking(() => Read(Yaml + "test:\n", "test")).Should().Throw<DirectoryNotFoundException>()
            .WithMessage("*data.yaml has no split 'test'; splits there: train, val.");
        FluentActions.Invoking(() => Read()).Should().Throw<DirectoryNotFoundException>().WithMessage("*'images/train' is neither a folder nor a list of pictures in*");
        Directory.CreateDirectory(_folder.File("images", "train", "x"));
        FluentActions.Invoking(() => Read()).Should().Throw<InvalidDataException>().WithMessage("*no picture of the split 'train' that can be used; 0 are there.");
    }

    [Fact]
    public void ClassesAskedFor_GiveTheLabels()
    {
        Picture("images/train/a.png");
        _folder.Write("1 .5 .5 .25 .5\n0 .5 .5 .25 .5", "labels", "train", "a.txt");
        _folder.Write(Yaml, "data.yaml");
        var set = YoloReader.Read(_folder.File("data.yaml"), "train", ["horse", "bird", "dog"]);
        set.ClassNames.Should().Equal("horse", "bird", "dog");
        set.Samples[0].Truths.Should().ContainSingle().Which.Label.Should().Be(2);
        set.Problems.Should().ContainSingle().Which.Should().Match("*a.txt: line 2: class 'cat' is none of those asked for; skipped");
    }

    [Theory]
    [InlineData(Orientation.Shown, 32, 64)]
    [InlineData(Orientation.Stored, 64, 32)]
    public void TurnedPicture_IsTakenAsAsked(Orientation orientation, int width, int height)
    {
        CameraNotes.Write(_folder.File("images", "train", "a.jpg"), 6);
        _folder.Write("1 .25 .5 .5 1", "labels", "train", "a.txt");
        _folder.Write(Yaml, "data.yaml");
        var sample = YoloReader.Read(_folder.File("data.yaml"), "train", orientation: orientation).Samples[0];
        (sample.Width, sample.Height).Should().Be((width, height));
        sample.Truths[0].Box.Should().Be(new BoundingBox(0, 0, width / 2, height));
        sample.ReadImage().Width.Should().Be(width);
    }

    private DataSet Labels(string text)
    {
        Picture("images/train/a.png");
        _folder.Write(text, "labels", "train", "a.txt");
        return Read();
    }

    private DataSet Read(string yaml = Yaml, string split = "train") => YoloReader.Read(_folder.Write(yaml, "data.yaml"), split);

    private void Picture(string name) => ImageFile.Write(_folder.File(name.Split('/')), Pictures.Plain(100, 80, 9, 9, 9));
}
