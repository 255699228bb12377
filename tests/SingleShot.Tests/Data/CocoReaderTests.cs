using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using Xunit;

namespace SingleShot.Tests.Data;

public sealed class CocoReaderTests : IDisposable
{
    private const string Images = """[{"id": 7, "file_name": "a.jpg", "width": 100, "height": 80}]""";
    private const string Categories = """[{"id": 18, "name": "dog"}, {"id": 3, "name": "car"}]""";

    private readonly TemporaryFolder _folder = new();

    public CocoReaderTests() => _folder.Write("", "images", "a.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_GoodFile_HasBoxesLabelsAndMarks()
    {
        var set = Read("""
            {"id": 1, "image_id": 7, "category_id": 18, "bbox": [10, 20, 30.5, 40], "area": 600, "iscrowd": 0, "segmentation": [[1, 2, 3]]},
            {"id": 2, "image_id": 7, "category_id": 3, "bbox": [0, 0, 100, 80], "iscrowd": 1, "segmentation": {"counts": [1], "size": [80, 100]}}
            """);
        set.Problems.Should().BeEmpty();
        set.ClassNames.Should().Equal("car", "dog");
        var sample = set.Samples.Should().ContainSingle().Subject;
        (sample.Id, sample.Width, sample.Height).Should().Be(("7", 100, 80));
        File.Exists(sample.ImagePath).Should().BeTrue();
        sample.Truths.Should().Equal(
            new GroundTruth(new BoundingBox(10, 20, 40.5, 60), 1) { Area = 600 },
            new GroundTruth(new BoundingBox(0, 0, 100, 80), 0) { Crowd = true, Area = 8000 });
    }

    [Fact]
    public void Read_ImageWithoutObjects_IsKept() => Read("").Samples.Should().ContainSingle().Which.Truths.Should().BeEmpty();

    [Theory]
    [InlineData("[1, 1, 0, 5]", "no width")]
    [InlineData("[1, 1, 5, -2]", "no width or no height")]
    [InlineData("[NaN, 1, 5, 5]", "no box of four numbers")]
    [InlineData("""["NaN", 1, 5, 5]""", "no width or no height")]
    [InlineData("[1, 1, 5]", "no box of four numbers")]
    [InlineData("null", "no box of four numbers")]
    [InlineData("[100, 0, 20, 20]", "outside the image of 100 x 80")]
    public void Read_BoxThatCannotBeUsed_IsSkippedWithFileAndIds(string box, string problem)
    {
        var set = Read($$"""
            {"id": 41, "image_id": 7, "category_id": 3, "bbox": {{box}}},
            {"id": 42, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}
            """);
        set.Problems.Should().ContainSingle().Which.Should().Match($"instances.json: annotation 41 of image 7: *{problem}*skipped");
        set.Samples[0].Truths.Should().ContainSingle();
    }

    [Theory]
    [InlineData("[-5, 70, 20, 20]", 0, 70, 15, 80)]
    [InlineData("[90, 0, 10.5, 20]", 90, 0, 100, 20)]
    public void Read_BoxPartlyOutside_IsClippedAndTold(string box, double left, double top, double right, double bottom)
    {
        var set = Read($$"""{"id": 41, "image_id": 7, "category_id": 3, "bbox": {{box}}}""");
        set.Samples[0].Truths[0].Box.Should().Be(new BoundingBox(left, top, right, bottom));
        set.Problems.Should().ContainSingle().Which.Should().Match("instances.json: annotation 41 of image 7: *clipped");
    }

    [Fact]
    public void Read_SumThatIsOffByAHundredth_IsClippedWithoutAWord()
    {
        var set = Read("""{"id": 41, "image_id": 7, "category_id": 3, "bbox": [33.33, 1, 66.68, 5]}""");
        set.Samples[0].Truths[0].Box.Right.Should().Be(100);
        set.Problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": 99, "bbox": [1, 1, 5, 5]}""", "annotation 1 of image 7: no category 99; skipped")]
    [InlineData("""{"id": 1, "image_id": 8, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 1 of image 8: no such image; skipped")]
    [InlineData("""{"id": 5, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 5 of image 7: the id comes twice; skipped")]
    [InlineData("""{"image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation  of image 7: has no id or no image id; skipped")]
    public void Read_ReferenceThatLeadsNowhere_IsSkipped(string annotation, string problem)
    {
        var set = Read($$"""{"id": 5, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}, {{annotation}}""");
        set.Problems.Should().Equal($"instances.json: {problem}");
        set.Samples[0].Truths.Should().ContainSingle();
    }

    [Fact]
    public void Read_ImagesThatCannotBeUsed_AreSkippedOnceEach()
    {
        var set = Read(
            """{"id": 1, "image_id": 8, "category_id": 3, "bbox": [1, 1, 5, 5]}, {"id": 2, "image_id": 8, "category_id": 3, "bbox": [1, 1, 5, 5]}""",
            """
            [{"id": 7, "file_name": "a.jpg", "width": 100, "height": 80}, {"id": 8, "file_name": "gone.jpg", "width": 10, "height": 8},
             {"id": 7, "file_name": "a.jpg", "width": 100, "height": 80}, {"id": 9, "file_name": "a.jpg", "width": 0, "height": 8}]
            """);
        set.Samples.Should().ContainSingle();
        set.Problems.Should().HaveCount(3);
        set.Problems[0].Should().Match("instances.json: image 8: *gone.jpg does not exist*");
        set.Problems[1].Should().Be("instances.json: image 7 (a.jpg) comes twice; the first is kept");
        set.Problems[2].Should().StartWith("instances.json: image 9 has no");
    }

    [Theory]
    [InlineData("hello", "line 1")]
    [InlineData("{\n\"images\": [{\"id\": {}}]}", "line 2")]
    [InlineData("{\"images\": [", "line 1")]
    [InlineData("{\"images\": [],\n\"annotations\": [{\"id\": \"one\"}]}", "line 2, position 29, at $.annotations[0].id: *the value there is of another kind than COCO's.")]
    [InlineData("[]", "not a COCO annotation file")]
    [InlineData("null", "no 'categories'")]
    [InlineData("""{"images": [], "categories": []}""", "no 'annotations'")]
    [InlineData("""{"annotations": [], "categories": []}""", "no 'images'")]
    [InlineData("""{"images": [], "annotations": [], "categories": []}""", "gives no image that can be used")]
    public void Read_NotACocoFile_SaysWhereAndWhy(string text, string message)
    {
        var path = _folder.Write(text, "instances.json");
        var read = () => CocoReader.Read(path, _folder.Path);
        read.Should().Throw<InvalidDataException>().WithMessage($"{path}*{message}*");
    }

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        var read = () => CocoReader.Read(_folder.File("none.json"), _folder.Path);
        read.Should().Throw<FileNotFoundException>().WithMessage("*none.json does not exist*");
    }

    private DataSet Read(string annotations, string images = Images)
    {
        var path = _folder.Write($$"""{"images": {{images}}, "annotations": [{{annotations}}], "categories": {{Categories}}}""", "instances.json");
        return CocoReader.Read(path, Path.Combine(_folder.Path, "images"));
    }
}
