using System.Text;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Coco;
using Xunit;

namespace SingleShot.Tests.Data.Coco;

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
    [InlineData("[1, 1, 5, -2]", "box (1, 1, 5, -2) has a negative or boundless size")]
    [InlineData("[1, 1, 1e308, 1e308]", "negative or boundless size")]
    [InlineData("[1, 1, 1e999, 5]", "no box of four numbers")]
    [InlineData("[Infinity, 1, 5, -Infinity]", "no box of four numbers")]
    [InlineData("[1, 1, 5, [5]]", "no box of four numbers")]
    [InlineData("[1, 1, 5, 5, 5]", "no box of four numbers")]
    [InlineData("[NaN, 1, 5, 5]", "no box of four numbers")]
    [InlineData("""["NaN", 1, 5, 5]""", "no box of four numbers")]
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
    [InlineData("""{"id": 5, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 5 of image 7: the same object comes twice; skipped")]
    [InlineData("7", "annotations[1] is 7, not an object; skipped")]
    [InlineData("[{}]", "annotations[1] is a list, not an object; skipped")]
    [InlineData("""{"id": 1, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 1: has no image_id; skipped")]
    [InlineData("""{"id": 1, "image_id": 7, "bbox": [1, 1, 5, 5]}""", "annotation 1 of image 7: has no category_id; skipped")]
    [InlineData("""{"id": 1, "image_id": "7 a", "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 1: image_id is \"7 a\", not a whole number; skipped")]
    [InlineData("""{"id": 1, "image_id": 7.5, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 1: image_id is 7.5, not a whole number; skipped")]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": [3], "bbox": [1, 1, 5, 5]}""", "annotation 1 of image 7: category_id is a list, not a whole number; skipped")]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": null, "bbox": [1, 1, 5, 5]}""", "annotation 1 of image 7: category_id is null, not a whole number; skipped")]
    [InlineData("""{"id": 1, "image_id": NaN, "category_id": 3, "bbox": [1, 1, 5, 5]}""", "annotation 1: image_id is \"\", not a whole number; skipped")]
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
             {"id": 7, "file_name": "a.jpg", "width": 100, "height": 80}, {"id": 9, "width": 10, "height": 8}]
            """);
        set.Samples.Should().ContainSingle();
        set.Problems.Should().HaveCount(3);
        set.Problems[0].Should().Be("instances.json: image 7 (a.jpg) comes twice; the first is kept");
        set.Problems[1].Should().Be("instances.json: image 9: has no file_name; skipped with its annotations");
        set.Problems[2].Should().Match("instances.json: image 8: *gone.jpg does not exist*");
    }

    [Theory]
    [InlineData("hello", "line 1")]
    [InlineData("{\"images\": [", "line 1")]
    [InlineData("{\n \"images\": {}}", "line 2, position 12: not a COCO annotation file: 'images' is an object, not a list.")]
    [InlineData("{\n \"images\": [],\n \"info\": {\"a\" 1}}", "line 3, position 15: not JSON: ")]
    [InlineData("{\"images\": [], \"annotations\": [], \"categories\": []}\n}", "line 2, position 1: not JSON: ")]
    [InlineData("[]", "line 1, position 1: not a COCO annotation file: a list in the place of an object")]
    [InlineData("null", "null in the place of an object")]
    [InlineData("", "line 1, position 1: not JSON: ")]
    [InlineData("""{"images": [], "annotations": []}""", "no 'categories'")]
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

    [Fact]
    public void Read_WholeNumbersWithADecimalPoint_AreIds()
    {
        var set = Read(
            """{"id": 1.0, "image_id": 7.0, "category_id": 3e0, "bbox": [1, 1, 5, 5], "iscrowd": true}""",
            """[{"id": 7.0, "file_name": "a.jpg", "width": 1e2, "height": 80.0}]""");
        set.Problems.Should().BeEmpty();
        set.Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle().Which.Crowd.Should().BeTrue();
    }

    [Fact]
    public void Read_IdsThatAreWordsThroughout_AreOneErrorThatShowsThem()
    {
        var read = () => Read("""{"id": 1, "image_id": "one", "category_id": 3, "bbox": [1, 1, 5, 5]}""");
        read.Should().Throw<InvalidDataException>().WithMessage(
            "*instances.json: none of its 1 annotations can be used. *annotation 1: image_id is \"one\", not a whole number; skipped");
    }

    [Fact]
    public void Read_ListsInAnyOrder_AfterAByteOrderMark_AreTheSame()
    {
        var path = _folder.File("instances.json");
        var text = $$"""{"annotations": [{"bbox": [1, 1, 5, 5], "category_id": 3, "image_id": 7, "id": 1}], "categories": {{Categories}}, "images": {{Images}}}""";
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        CocoReader.Read(path, Path.Combine(_folder.Path, "images")).Samples.Should().ContainSingle().Which.Truths.Should().ContainSingle();
    }

    private DataSet Read(string annotations, string images = Images)
    {
        var path = _folder.Write($$"""{"images": {{images}}, "annotations": [{{annotations}}], "categories": {{Categories}}}""", "instances.json");
        return CocoReader.Read(path, Path.Combine(_folder.Path, "images"));
    }
}
