using System.Text;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Coco;
using SingleShot.Evaluation.Coco;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Data.Coco;

public sealed class CocoLeniencyTests : IDisposable
{
    private const string Image = """{"id": 7, "file_name": "a.png", "width": 100, "height": 80}""";
    private const string Category = """{"id": 3, "name": "car"}""";

    private readonly TemporaryFolder _folder = new();

    public CocoLeniencyTests() => ImageFile.Write(_folder.File("images", "a.png"), Pictures.Plain(100, 80, 9, 9, 9));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IdsOfAnnotationsThatAreAllTheSame_LoseNoObject()
    {
        var set = Read("""
            {"id": 0, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]},
            {"id": 0, "image_id": 7, "category_id": 3, "bbox": [9, 9, 5, 5]},
            {"id": 0, "image_id": 7, "category_id": 3, "bbox": [9, 9, 5, 5]},
            {"id": 0, "image_id": 7, "category_id": 3, "bbox": [1, 1, 6, 5]}
            """);

        set.Samples[0].Truths.Should().HaveCount(3);
        set.Findings.Select(finding => finding.Kind).Should().Equal(FindingKind.Twice, FindingKind.Leniency);
        set.Problems.Should().Equal(
            "instances.json: annotation 0 of image 7: the same object comes twice; skipped",
            "instances.json: an annotation's id has come before, of another object; both are kept (2 times, first annotation 0 of image 7)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"id\": null, ")]
    [InlineData("\"id\": \"one\", ")]
    public void AnnotationWithoutAnId_IsKept(string id)
    {
        var set = Read($$"""{ {{id}}"image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}, {"id": 4, "image_id": 7, "category_id": 3, "bbox": [9, 1, 5, 5]}""");

        set.Samples[0].Truths.Should().HaveCount(2);
        set.Problems.Should().Equal("instances.json: an annotation has no id that is a whole number; its place in the list, from 0, is shown as its id "
            + "(1 times, first annotations[0] of image 7)");
    }

    [Fact]
    public void NumbersInQuotationMarks_AreNumbers()
    {
        var set = Read(
            """{"id": "12", "image_id": "7.0", "category_id": " 3", "bbox": ["1", "2.5", 5, "5e0"], "area": "20.5", "iscrowd": "1"}""",
            """{"id": "7", "file_name": "a.png", "width": "100", "height": "80.0"}""", """{"id": "3", "name": "car"}""");

        set.Samples[0].Truths.Should().Equal(new GroundTruth(new BoundingBox(1, 2.5, 6, 7.5), 0) { Area = 20.5, Crowd = true });
        set.Problems.Should().ContainSingle().Which.Should().EndWith("a number is written as a text; taken for the number (3 times, first image 7)");
        set.Findings[0].Kind.Should().Be(FindingKind.Leniency);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("1.0", true)]
    [InlineData("null", false)]
    public void CrowdMark_IsReadHoweverItIsWritten(string written, bool crowd) =>
        Read($$"""{"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5], "iscrowd": {{written}}}""").Samples[0].Truths[0].Crowd.Should().Be(crowd);

    [Theory]
    [InlineData("")]
    [InlineData(""", "width": 0, "height": 0""")]
    [InlineData(""", "width": 100""")]
    [InlineData(""", "width": "wide", "height": null""")]
    public void SizeThatIsMissing_IsThePicturesOwn(string size)
    {
        var set = Read("""{"id": 1, "image_id": 7, "category_id": 3, "bbox": [90, 1, 50, 5]}""", $$"""{"id": 7, "file_name": "a.png"{{size}}}""");

        (set.Samples[0].Width, set.Samples[0].Height).Should().Be((100, 80));
        set.Samples[0].Truths[0].Box.Right.Should().Be(100);
        set.Problems.Should().Contain("instances.json: an image has no width or no height; the picture's own are taken (1 times, first image 7)");
    }

    [Fact]
    public void SizeThatIsMissing_OfAPictureThatIsNone_LosesThatImageAlone()
    {
        _folder.Write("junk", "images", "b.png");
        var set = Read("", Image + """, {"id": 8, "file_name": "b.png"}""");
        set.Samples.Should().ContainSingle();
        set.Problems.Should().ContainSingle().Which.Should().Match("instances.json: image 8: has no width or no height, and *b.png is not a picture*; skipped with its annotations");
    }

    [Theory]
    [InlineData("""{"file_name": "a.png", "width": 1, "height": 1}""", "images[1]: has no id; skipped with its annotations")]
    [InlineData("""{"id": 8, "width": 1, "height": 1}""", "image 8: has no file_name; skipped with its annotations")]
    [InlineData("""{"id": 8, "file_name": ""}""", "image 8: has no file_name; skipped with its annotations")]
    [InlineData("""{"id": 8, "file_name": [1]}""", "image 8: file_name is a list, not a readable text; skipped with its annotations")]
    [InlineData("3", "images[1] is 3, not an object; skipped")]
    public void ImageThatCannotBeUsed_IsToldByWhatItLacks(string image, string problem) =>
        Read("", $"{Image}, {image}").Problems.Should().Equal($"instances.json: {problem}");

    [Theory]
    [InlineData("""{"name": "bus"}""", "categories[1]: has no id; skipped")]
    [InlineData("""{"id": 5}""", "category 5: has no name; skipped")]
    [InlineData("""{"id": 5, "name": " "}""", "category 5: has no name; skipped")]
    public void CategoryThatCannotBeUsed_IsToldByWhatItLacks(string category, string problem) =>
        Read("", categories: $"{Category}, {category}").Problems.Should().Equal($"instances.json: {problem}");

    [Fact]
    public void NoImageThatCanBeUsed_CountsThoseThatAreListed()
    {
        var read = () => Read("", """{"file_name": "a.png"}, {"id": 2, "file_name": "gone.png", "width": 1, "height": 1}""");
        read.Should().Throw<InvalidDataException>().WithMessage("*no image that can be used: 2 listed, none of them*images[0]: has no id*gone.png does not exist*");
    }

    [Fact]
    public void CategoryThatIsCalledByANumber_IsCalledSo()
    {
        var set = Read("", categories: """{"id": 3, "name": 12}""");
        set.ClassNames.Should().Equal("12");
        set.Problems.Should().ContainSingle().Which.Should().Contain("a number is where a text belongs");
    }

    [Fact]
    public void TwoCategoriesOfOneName_AreToldInReading_AndScoredByTheirIds()
    {
        const string Objects = """{"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}, {"id": 2, "image_id": 7, "category_id": 4, "bbox": [9, 1, 5, 5]}""";
        const string Same = Category + """, {"id": 4, "name": "car "}""";
        FluentActions.Invoking(() => Read(Objects, categories: Same)).Should().Throw<InvalidDataException>()
            .WithMessage("*instances.json: categories 3 and 4 have the same name, 'car', so the class has no one label: rename one*");

        var annotations = CocoAnnotations.Read(_folder.File("instances.json"));
        var results = new CocoResults([new CocoResult(7, 3, new CocoBox(1, 1, 5, 5), .9), new CocoResult(7, 4, new CocoBox(9, 1, 5, 5), .9)], []);
        CocoEvaluation.Evaluate(annotations, results).AP.Should().BeApproximately(1, 1e-12);

        var asked = Read(Objects, categories: Same, classNames: ["bus", "car"]);
        asked.Samples[0].Truths.Select(truth => truth.Label).Should().Equal(1, 1);
        asked.Problems.Should().Equal("instances.json: categories 3 and 4 have the same name, 'car'; taken as one class");
    }

    [Fact]
    public void ClassesAskedFor_GiveTheLabels_AndOthersAreToldObjectByObject()
    {
        var set = Read(
            """{"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 1, 5, 5]}, {"id": 2, "image_id": 7, "category_id": 4, "bbox": [9, 1, 5, 5]}""",
            categories: Category + """, {"id": 4, "name": "bus"}""", classNames: ["cat", "car"]);
        set.ClassNames.Should().Equal("cat", "car");
        set.Samples[0].Truths.Should().ContainSingle().Which.Label.Should().Be(1);
        set.Problems.Should().Equal("instances.json: annotation 2 of image 7: class 'bus' is none of those asked for; skipped");
        FluentActions.Invoking(() => Read("", classNames: ["cat", "cat"])).Should().Throw<ArgumentException>().WithMessage("The class 'cat' is named twice*");
    }

    [Theory]
    [InlineData("SUB\\\\A.PNG")]
    [InlineData("C:\\\\data\\\\images\\\\sub\\\\a.png")]
    [InlineData("/home/somebody/images/sub/a.png")]
    [InlineData("./sub/a.png")]
    [InlineData("sub/a.jpg")]
    [InlineData("sub/a")]
    public void FileNamesOfOtherSystemsAndDisks_AreFound(string name)
    {
        _folder.Write("", "images", "sub", "a.png");
        var set = Read("", $$"""{"id": 7, "file_name": "{{name}}", "width": 100, "height": 80}""");
        Path.GetFullPath(set.Samples[0].ImagePath).Should().Be(_folder.File("images", "sub", "a.png"));
        set.Findings.Count(finding => finding.Kind == FindingKind.Leniency).Should().Be(name.StartsWith('.') ? 0 : 1);
    }

    [Fact]
    public void ResultsWithNumbersInQuotationMarks_AreRead_AndTold()
    {
        Read("");
        var path = _folder.Write("""[{"image_id": "7", "category_id": 3, "bbox": [1, 1, 5, 5], "score": "0.5"}]""", "results.json");
        var results = CocoResults.Read(path, CocoAnnotations.Read(_folder.File("instances.json")));
        results.Items.Should().Equal(new CocoResult(7, 3, new CocoBox(1, 1, 5, 5), .5));
        results.Problems.Should().Equal("results.json: a number is written as a text; taken for the number (1 times, first result [0])");
    }

    [Fact]
    public void NameInWindows1252_IsRead()
    {
        var path = _folder.File("instances.json");
        var text = $$"""{"images": [{{Image}}], "annotations": [], "categories": [{"id": 3, "name": "Bär"}]}""";
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(text));
        var set = CocoReader.Read(path, Path.Combine(_folder.Path, "images"));
        set.ClassNames.Should().Equal("Bär");
        set.Problems.Should().ContainSingle().Which.Should().Contain("not UTF-8; taken for Windows-1252");
    }

    [Fact]
    public void FileInUtf16_IsToldSo()
    {
        var path = _folder.File("instances.json");
        File.WriteAllText(path, "{}", Encoding.Unicode);
        FluentActions.Invoking(() => CocoAnnotations.Read(path)).Should().Throw<InvalidDataException>().WithMessage($"{path} is written in UTF-16*save it so*");
    }

    private DataSet Read(string annotations, string images = Image, string categories = Category, IReadOnlyList<string>? classNames = null)
    {
        var path = _folder.Write($$"""{"images": [{{images}}], "annotations": [{{annotations}}], "categories": [{{categories}}]}""", "instances.json");
        return CocoReader.Read(path, Path.Combine(_folder.Path, "images"), classNames);
    }
}
