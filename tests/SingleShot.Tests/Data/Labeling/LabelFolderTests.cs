using System.Text.Json.Nodes;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Folders;
using SingleShot.Data.Labeling;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Labeling;

public sealed class LabelFolderTests : IDisposable
{
    private static readonly BoundingBox Box = new(10, 5, 40.5, 30);

    private readonly TemporaryFolder _folder = new();

    public LabelFolderTests()
    {
        foreach (var name in new[] { "b.png", "a.jpg", "c.png" })
        {
            ImageFile.Write(_folder.File("train", name), RgbImage.Create(60, 40, _ => { }));
        }
    }

    private string Pictures => Path.Combine(_folder.Path, "train");

    private string LabelFile => _folder.File("train", LabelFolder.DefaultFileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FolderWithoutLabels_HasItsPicturesByName_AndWritesNothing()
    {
        _folder.Write("no picture", "train", "notes.txt");
        var labels = Open();

        labels.Pictures.Select(picture => (picture.Name, picture.Width, picture.Height, picture.Boxes)).Should().Equal(
            ("a.jpg", 60, 40, null), ("b.png", 60, 40, null), ("c.png", 60, 40, null));
        labels.ClassNames.Should().Equal("cat", "dog");
        labels.ToString().Should().EndWith("0 of 3 pictures are labeled");
        File.Exists(LabelFile).Should().BeFalse();
    }

    [Fact]
    public void Label_IsReadAsADataSet_WithoutThePicturesThatNobodyHasLookedAt()
    {
        var labels = Open();
        labels.Label("b.png", [new LabeledBox(Box, "dog"), new LabeledBox(new BoundingBox(0, 0, 9.25, 9), "bird")]);
        labels.Label("c.png", []);

        var set = DataSetFolder.Read(_folder.Path, "train");
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("cat", "dog", "bird");
        set.Samples.Select(sample => Path.GetFileName(sample.ImagePath)).Should().Equal("b.png", "c.png");
        set.Samples[0].Truths.Should().Equal(new GroundTruth(Box, 1), new GroundTruth(new BoundingBox(0, 0, 9.25, 9), 2));
        set.Samples[1].Truths.Should().BeEmpty();
    }

    [Fact]
    public void Open_Again_GoesOnWithTheLabels()
    {
        Open().Label("a.jpg", [new LabeledBox(Box, "dog")]);
        var again = LabelFolder.Open(Pictures, ["bird", "dog"]);

        again.Pictures[0].Boxes.Should().Equal(new LabeledBox(Box, "dog"));
        again.Pictures[1].Boxes.Should().BeNull();
        again.ClassNames.Should().Equal("cat", "dog", "bird");
        again.Label("b.png", [new LabeledBox(Box, "bird")]);
        LabelFolder.Open(Pictures).Pictures.Take(2).Select(picture => picture.Boxes!.Single().ClassName).Should().Equal("dog", "bird");
    }

    [Fact]
    public void Label_SameAgain_WritesTheSameBytes()
    {
        var labels = Open();
        LabeledBox[] boxes = [new(new BoundingBox(1.23, 4.56, 20.01, 30.3), "cat"), new(new BoundingBox(1.23, 4.56, 20.01, 30.3), "dog")];
        labels.Label("a.jpg", boxes);
        var before = File.ReadAllBytes(LabelFile);
        labels.Label("a.jpg", boxes);
        labels.Label("a.jpg", labels.Pictures[0].Boxes);

        File.ReadAllBytes(LabelFile).Should().Equal(before);
        Directory.GetFiles(Pictures).Should().HaveCount(4, "no partial file is left");
    }

    [Fact]
    public void Label_TakenBack_LeavesNoTraceButTheClasses()
    {
        var labels = Open();
        labels.Label("a.jpg", [new LabeledBox(Box, "dog")]);
        labels.Label("a.jpg", null);

        var json = JsonNode.Parse(File.ReadAllText(LabelFile))!;
        json["images"]!.AsArray().Should().BeEmpty();
        json["annotations"]!.AsArray().Should().BeEmpty();
        json["categories"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public void Label_OfAFileThatAnotherProgramWrote_KeepsWhatItDoesNotChange()
    {
        const string Kept = """{"id":7,"image_id":40,"category_id":3,"bbox":[1,2,3,4],"segmentation":[[1,2,4,2,4,6]],"score":0.5}""";
        _folder.Write($$"""
            {"info":{"year":2026},"images":[{"id":40,"file_name":"a.jpg","width":60,"height":40,"license":2},{"id":41,"file_name":"gone.jpg"}],
             "categories":[{"id":3,"name":"cat","supercategory":"animal"}],
             "annotations":[{{Kept}},{"id":8,"image_id":40,"category_id":3,"bbox":[9,9,9,9]},{"id":9,"image_id":41,"category_id":3,"bbox":[5,5,5,5]}]}
            """, "train", LabelFolder.DefaultFileName);
        var labels = LabelFolder.Open(Pictures);
        labels.Label("a.jpg", [labels.Pictures[0].Boxes![0], new LabeledBox(Box, "dog")]);

        var json = JsonNode.Parse(File.ReadAllText(LabelFile))!;
        json["info"]!["year"]!.GetValue<int>().Should().Be(2026);
        json["images"]![0]!["license"]!.GetValue<int>().Should().Be(2);
        JsonNode.DeepEquals(json["annotations"]![0], JsonNode.Parse(Kept)).Should().BeTrue();
        json["annotations"]!.AsArray().Select(one => one!["id"]!.GetValue<int>()).Should().Equal(7, 9, 10);
    }

    [Fact]
    public void Label_BoxAcrossTheEdge_IsCut()
    {
        var labels = Open();
        labels.Label("a.jpg", [new LabeledBox(new BoundingBox(-5, 20, 80, 41), "cat")]);

        labels.Pictures[0].Boxes!.Single().Box.Should().Be(new BoundingBox(0, 20, 60, 40));
    }

    [Theory]
    [InlineData("a.jpg", 10, 10, 10, 20, "cat", "Box 2 of a.jpg: box (10, 10, 10, 20) has no width or no height. Nothing was changed.")]
    [InlineData("a.jpg", 70, 10, 80, 20, "cat", "Box 2 of a.jpg: box (70, 10, 80, 20) is outside the image of 60 x 40. Nothing was changed.")]
    [InlineData("a.jpg", double.NaN, 10, 80, 20, "cat", "Box 2 of a.jpg: box (NaN, 10, 80, 20) has no width or no height. Nothing was changed.")]
    [InlineData("a.jpg", 1, 1, 8, 8, " ", "A class has an empty name: give it one, such as 'cell'.")]
    [InlineData("d.jpg", 1, 1, 8, 8, "cat", "There is no picture 'd.jpg' in *")]
    public void Label_ThatCannotBe_IsRefused_AndTheOthersStay(string picture, double left, double top, double right, double bottom, string name, string message)
    {
        var labels = Open();
        labels.Label("a.jpg", [new LabeledBox(Box, "dog")]);
        var before = File.ReadAllBytes(LabelFile);

        labels.Invoking(l => l.Label(picture, [new LabeledBox(Box, "cat"), new LabeledBox(new BoundingBox(left, top, right, bottom), name)]))
            .Should().Throw<ArgumentException>().WithMessage(message + "*");
        File.ReadAllBytes(LabelFile).Should().Equal(before);
        labels.Pictures[0].Boxes.Should().Equal(new LabeledBox(Box, "dog"));
    }

    [Fact]
    public void Label_WhereTheFileCannotBeWritten_SaysSo_AndChangesNothing()
    {
        var labels = LabelFolder.Open(Pictures, ["cat"], Path.Combine(_folder.Path, "missing", "labels.json"));

        labels.Invoking(l => l.Label("a.jpg", [])).Should().Throw<IOException>().WithMessage("*labels.json cannot be written: *");
        labels.Pictures[0].Boxes.Should().BeNull();
    }

    [Fact]
    public void Label_AfterAnotherProgramChangedTheFile_IsRefused_AndTheFileKept()
    {
        var (mine, other) = (Open(), Open());
        other.Label("b.png", []);

        mine.Invoking(l => l.Label("a.jpg", [])).Should().Throw<IOException>().WithMessage("*was changed by another program*open the folder again*");
        LabelFolder.Open(Pictures).Pictures.Select(picture => picture.Boxes is null).Should().Equal(true, false, true);
    }

    [Fact]
    public async Task Label_FromManyThreads_LosesNothing()
    {
        var labels = Open();
        await Task.WhenAll(labels.Pictures.Select(picture => Task.Run(() => labels.Label(picture.Name, [new LabeledBox(Box, picture.Name)]), TestContext.Current.CancellationToken)));

        LabelFolder.Open(Pictures).Pictures.Select(picture => picture.Boxes!.Single().ClassName).Should().Equal("a.jpg", "b.png", "c.png");
    }

    [Fact]
    public void Take_LabelsOfADownloadedFile_ReplacesThoseOfItsPictures()
    {
        var labels = Open();
        labels.Label("a.jpg", [new LabeledBox(Box, "cat")]);
        labels.Label("b.png", [new LabeledBox(Box, "cat")]);
        var other = LabelFolder.Open(Pictures, file: _folder.File("downloaded.json"));
        other.Label("b.png", [new LabeledBox(new BoundingBox(1, 2, 3, 4), "bird")]);
        other.Label("c.png", []);

        labels.Take(_folder.File("downloaded.json")).Should().Be(2);
        LabelFolder.Open(Pictures).Pictures.Select(picture => string.Join(' ', picture.Boxes!.Select(box => box.ClassName))).Should().Equal("cat", "bird", "");
    }

    [Fact]
    public void Open_FileThatIsNoPicture_IsNamedAndSkipped()
    {
        _folder.Write("text", "train", "broken.jpg");

        var labels = Open();
        labels.Pictures.Should().HaveCount(3);
        labels.Skipped.Should().ContainSingle().Which.Text.Should().Match("*broken.jpg is not a picture that can be read*Skipped.");
    }

    [Theory]
    [InlineData("{\"images\": [", "it is not JSON at line 1")]
    [InlineData("[]", "it is no object")]
    [InlineData("{\"images\": 5}", "its 'images' is no list")]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}, {\"id\": 2}]}", "number 2 of 'images' has no file_name that can be used")]
    [InlineData("{\"categories\": [{\"id\": 1, \"name\": \"x\"}, {\"id\": 2, \"name\": \"x\"}]}", "there are two categories of the name x")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 3]}]}", "number 1 of 'annotations' has no bbox that can be used")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 3, 4]}]}", "there is no category 1")]
    public void Open_DamagedFileOfLabels_IsRefused_AndKept(string text, string problem)
    {
        _folder.Write(text, "train", LabelFolder.DefaultFileName);

        FluentActions.Invoking(Open).Should().Throw<InvalidDataException>().WithMessage($"*{LabelFolder.DefaultFileName} is no file of labels in COCO's format: {problem}. It is left as it is: *");
        File.ReadAllText(LabelFile).Should().Be(text);
    }

    [Fact]
    public void Open_FolderThatIsMissingOrEmpty_SaysWhatToDo()
    {
        FluentActions.Invoking(() => LabelFolder.Open(Path.Combine(_folder.Path, "nowhere"))).Should().Throw<DirectoryNotFoundException>().WithMessage("*nowhere does not exist: make the folder*");
        FluentActions.Invoking(() => LabelFolder.Open(_folder.Path)).Should().Throw<InvalidDataException>().WithMessage("* has no picture to label: put JPEG or PNG files into it.");
    }

    [Fact]
    public void Open_ClassesThatCannotBe_AreRefused()
    {
        FluentActions.Invoking(() => LabelFolder.Open(Pictures, ["cat", ""])).Should().Throw<ArgumentException>().WithMessage("A class has an empty name*");
        FluentActions.Invoking(() => LabelFolder.Open(Pictures, ["cat", "cat "])).Should().Throw<ArgumentException>().WithMessage("The class 'cat' is named twice*");
    }

    private LabelFolder Open() => LabelFolder.Open(Pictures, ["cat", "dog"]);
}
