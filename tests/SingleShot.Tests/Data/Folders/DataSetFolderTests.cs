using AwesomeAssertions;
using SingleShot.Data;
using SingleShot.Data.Folders;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Folders;

public sealed class DataSetFolderTests : IDisposable
{
    private const string Coco = """
        {"images": [{"id": 9, "file_name": "COCO_val2014_000000000009.jpg", "width": 64, "height": 48}],
        "annotations": [{"id": 1, "image_id": 9, "category_id": 90, "bbox": [1, 2, 3, 4], "area": 6, "iscrowd": 0}],
        "categories": [{"id": 90, "name": "toothbrush"}, {"id": 1, "name": "person"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CocoAsItIsDownloaded_IsReadBySplit()
    {
        _folder.Write(Coco, "coco", "annotations", "instances_val2014.json");
        _folder.Write("", "coco", "val2014", "COCO_val2014_000000000009.jpg");
        var set = DataSetFolder.Read(Path.Combine(_folder.Path, "coco"), "val2014");
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("person", "toothbrush");
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle().Which.Should().Match<GroundTruth>(truth => truth.Label == 1 && truth.Area == 6);
    }

    [Fact]
    public void VocAsItIsDownloaded_IsReadBySplit()
    {
        var annotation = "<annotation><filename>000007.jpg</filename><size><width>500</width><height>333</height><depth>3</depth></size>"
            + "<object><name>car</name><difficult>0</difficult><bndbox><xmin>141</xmin><ymin>50</ymin><xmax>500</xmax><ymax>330</ymax></bndbox></object></annotation>";
        _folder.Write(annotation, "VOCdevkit", "VOC2007", "Annotations", "000007.xml");
        _folder.Write("", "VOCdevkit", "VOC2007", "JPEGImages", "000007.jpg");
        _folder.Write("000007\n", "VOCdevkit", "VOC2007", "ImageSets", "Main", "trainval.txt");
        var set = DataSetFolder.Read(Path.Combine(_folder.Path, "VOCdevkit", "VOC2007"), "trainval");
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("car");
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle();
    }

    [Theory]
    [InlineData("data.yaml")]
    [InlineData("Data.yml")]
    [InlineData("coco8.yaml")]
    public void YoloAsItIsExported_IsReadBySplit(string name)
    {
        ImageFile.Write(_folder.File("train", "images", "a.jpg"), SingleShot.Tests.Data.Pictures.Plain(64, 48, 9, 9, 9));
        _folder.Write("0 0.5 0.5 0.5 0.5", "train", "labels", "a.txt");
        _folder.Write("train: ../train/images\nval: ../valid/images\nnc: 1\nnames: ['car']\n", name);
        var set = DataSetFolder.Read(_folder.Path, "train");
        set.ClassNames.Should().Equal("car");
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle();
    }

    [Theory]
    [InlineData("images/train", "labels/train")]
    [InlineData("train/images", "train/labels")]
    public void YoloWithAListOfClassesAlone_IsReadBySplit(string images, string labels)
    {
        ImageFile.Write(_folder.File([.. images.Split('/'), "a.jpg"]), SingleShot.Tests.Data.Pictures.Plain(64, 48, 9, 9, 9));
        _folder.Write("1 0.5 0.5 0.5 0.5", [.. labels.Split('/'), "a.txt"]);
        _folder.Write("car\r\nbus\r\n", "classes.txt");
        var set = DataSetFolder.Read(_folder.Path, "train");
        set.ClassNames.Should().Equal("car", "bus");
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle().Which.Label.Should().Be(1);
    }

    [Fact]
    public void VocWithItsImagesBesideIt_IsReadBySplit_AndTellsOfPicturesWithoutLabels()
    {
        var annotation = "<annotation><size><width>50</width><height>33</height></size>"
            + "<object><name>car</name><bndbox><xmin>1</xmin><ymin>5</ymin><xmax>50</xmax><ymax>30</ymax></bndbox></object></annotation>";
        _folder.Write(annotation, "train", "b.xml");
        _folder.Write(annotation, "train", "a.xml");
        _folder.Write("", "train", "a.jpg");
        _folder.Write("", "train", "b.png");
        _folder.Write("", "train", "c.png");
        var set = DataSetFolder.Read(_folder.Path, "train");
        set.Samples.Select(sample => (sample.Id, sample.Truths.Count)).Should().Equal(("a", 1), ("b", 1));
        set.Problems.Should().ContainSingle().Which.Should().Match("*c.png has no annotation file in *train; skipped");
    }

    [Fact]
    public void CocoWithItsImagesBesideIt_OrInAFolderOfImages_IsReadBySplit()
    {
        _folder.Write(Coco, "one", "valid", "_annotations.coco.json");
        _folder.Write("", "one", "valid", "COCO_val2014_000000000009.jpg");
        DataSetFolder.Read(Path.Combine(_folder.Path, "one"), "valid").Samples.Should().ContainSingle();
        _folder.Write(Coco, "two", "annotations", "instances_val.json");
        _folder.Write("", "two", "images", "val", "COCO_val2014_000000000009.jpg");
        DataSetFolder.Read(Path.Combine(_folder.Path, "two"), "val", ["toothbrush"]).Samples.Should().ContainSingle().Which.Truths[0].Label.Should().Be(0);
    }

    [Fact]
    public void NoneOfTheLayouts_NamesWhatWasLookedFor() =>
        FluentActions.Invoking(() => DataSetFolder.Read(_folder.Path, "train2017")).Should().Throw<DirectoryNotFoundException>()
            .WithMessage("*no data set with a split 'train2017'*annotations/instances_train2017.json*data.yaml*");
}
