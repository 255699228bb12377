using AwesomeAssertions;
using CsCheck;
using SingleShot.Data.Coco;
using SingleShot.Evaluation.Coco;
using Xunit;
using static SingleShot.Tests.Evaluation.Scenes;

namespace SingleShot.Tests.Evaluation.Coco;

public sealed class CocoResultsTests : IDisposable
{
    private const string Annotations = """
        {"images": [{"id": 20, "file_name": "b.jpg", "width": 100, "height": 80}, {"id": 10, "file_name": "a.jpg", "width": 100, "height": 80}],
        "annotations": [{"id": 1, "image_id": 20, "category_id": 90, "bbox": [0, 0, 10, 10], "area": 100, "iscrowd": 0}],
        "categories": [{"id": 90, "name": "toothbrush"}, {"id": 4, "name": "motorcycle"}]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly CocoAnnotations _annotations;

    public CocoResultsTests() => _annotations = CocoAnnotations.Read(_folder.Write(Annotations, "instances.json"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_GoodFile_HasIdsBoxesAndScores()
    {
        var read = Read("""[{"image_id": 20, "category_id": 90, "bbox": [1, 2.5, 3, 4], "score": 0.25, "segmentation": {"counts": "x"}, "id": "none of ours"}]""");
        read.Problems.Should().BeEmpty();
        read.Items.Should().Equal(new CocoResult(20, 90, new CocoBox(1, 2.5, 3, 4), .25));
        Read("[]").Items.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"image_id": 99, "category_id": 90, "bbox": [1, 2, 3, 4], "score": 1}""", "no image 99")]
    [InlineData("""{"image_id": 20, "category_id": 5, "bbox": [1, 2, 3, 4], "score": 1}""", "no category 5")]
    [InlineData("""{"image_id": "2O", "category_id": 90, "bbox": [1, 2, 3, 4], "score": 1}""", "image_id is \"2O\", not a whole number")]
    [InlineData("""{"category_id": 90, "bbox": [1, 2, 3, 4], "score": 1}""", "has no image_id")]
    [InlineData("""{"image_id": 20, "category_id": 90, "bbox": [1, 2, 3], "score": 1}""", "has no box of four numbers")]
    [InlineData("""{"image_id": 20, "category_id": 90, "bbox": [1, 2, -3, 4], "score": 1}""", "box (1, 2, -3, 4) has a negative or boundless size")]
    [InlineData("""{"image_id": 20, "category_id": 90, "bbox": [1, 2, 3, 4], "score": NaN}""", "has no score, or one that is not a number")]
    [InlineData("""{"image_id": 20, "category_id": 90, "bbox": [1, 2, 3, 4]}""", "has no score, or one that is not a number")]
    public void Read_ResultThatCannotBeUsed_IsSkippedWithItsPlace(string result, string problem)
    {
        var read = Read($$"""[{"image_id": 20, "category_id": 90, "bbox": [1, 2, 3, 4], "score": 1}, {{result}}]""");
        read.Items.Should().ContainSingle();
        read.Problems.Should().Equal($"results.json: result [1]: {problem}; skipped");
    }

    [Theory]
    [InlineData("""{"annotations": []}""", "line 1, position 1: not a COCO results file: an object in the place of a list of detections.")]
    [InlineData("[\n7]", "line 2, position 1: not a COCO results file: [0] is 7, not an object.")]
    [InlineData("[{]", "line 1, position 3: not JSON: *")]
    [InlineData("[] []", "line 1, position 4: not JSON: *")]
    [InlineData("""[{"image_id": 1}, {"image_id": 99, "category_id": 90, "bbox": [1, 2, 3, 4], "score": 1}]""", "none of its 2 results can be used with *")]
    public void Read_NotAResultsFile_SaysWhereAndWhy(string text, string message) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<InvalidDataException>().WithMessage($"*results.json: {message}");

    [Fact]
    public void ToResults_TurnsLabelsIntoCategories_AndCornersIntoSizes()
    {
        var results = CocoEvaluation.ToResults([Image("20", [], Found(.5, 1, 2, 3, 4, label: 1)), Image("10", [], Found(.25, 0, 0, 5, 6))], _annotations);
        results.Items.Should().Equal(new CocoResult(20, 90, new CocoBox(1, 2, 3, 4), .5), new CocoResult(10, 4, new CocoBox(0, 0, 5, 6), .25));
        FluentActions.Invoking(() => CocoEvaluation.ToResults([Image("a", [])], _annotations)).Should().Throw<ArgumentException>().WithMessage("*has no image a*");
        FluentActions.Invoking(() => CocoEvaluation.ToResults([Image("10", [], Found(1, 0, 0, 1, 1, label: 2))], _annotations))
            .Should().Throw<ArgumentException>().WithMessage("*image 10 has label 2;*has 2 categories*");
    }

    [Fact]
    public void Write_ANumberThatJsonCannotHold_IsRefused_AndTheFileIsAsItWas()
    {
        var path = _folder.Write("before", "results.json");
        FluentActions.Invoking(() => new CocoResults([new CocoResult(20, 90, default, double.NaN)], []).Write(path))
            .Should().Throw<InvalidOperationException>().WithMessage("Result 0, for image 20, cannot be written: its score NaN*");
        File.ReadAllText(path).Should().Be("before");
    }

    [Fact]
    public void Evaluate_ResultForAnotherSet_IsRefusedByItsIds() =>
        FluentActions.Invoking(() => CocoEvaluation.Evaluate(_annotations, new CocoResults([new CocoResult(21, 90, default, 1)], [])))
            .Should().Throw<ArgumentException>().WithMessage("Result 0 is for image 21 and category 90; *instances.json has not both*");

    [Fact]
    public void Evaluate_ScoreOrBoxThatIsNotANumber_IsRefusedByImageAndIndex()
    {
        var good = new CocoResult(20, 90, new CocoBox(0, 0, 10, 10), .5);
        foreach (var bad in new[] { good with { Score = double.NaN }, good with { Box = good.Box with { Height = double.NaN } } })
        {
            FluentActions.Invoking(() => CocoEvaluation.Evaluate(_annotations, new CocoResults([good, bad], [])))
                .Should().Throw<ArgumentException>().WithMessage("Result 1, for image 20, cannot be scored:*");
        }
    }

    [Fact]
    public void ToResults_ScoreThatIsNotANumber_IsRefusedByImageAndIndex() =>
        FluentActions.Invoking(() => CocoEvaluation.ToResults([Image("20", [], Found(1, 0, 0, 1, 1), Found(double.NaN, 0, 0, 1, 1))], _annotations))
            .Should().Throw<ArgumentException>().WithMessage("Detection 1 of image '20' has a score or a box*");

    [Fact]
    public void Evaluate_EqualScores_RankByImageIdAndThenAsGiven()
    {
        // Image 10 comes second in the file and has no truth: its result is wrong, and comes first for its lower id.
        var (right, wrong) = (new CocoResult(20, 90, new CocoBox(0, 0, 10, 10), .5), new CocoResult(10, 90, new CocoBox(0, 0, 10, 10), .5));
        CocoEvaluation.Evaluate(_annotations, new CocoResults([right, wrong], [])).AP.Should().BeApproximately(.5, 1e-12);
        var beside = right with { Box = new CocoBox(50, 50, 10, 10) };
        CocoEvaluation.Evaluate(_annotations, new CocoResults([right, beside], [])).AP.Should().BeApproximately(1, 1e-12);
        CocoEvaluation.Evaluate(_annotations, new CocoResults([beside, right], [])).AP.Should().BeApproximately(.5, 1e-12);
    }

    [Fact]
    public void Evaluate_PartOfASet_CountsItsImagesAlone()
    {
        CocoEvaluation.Evaluate(_annotations.Only([20]), new CocoResults([], [])).AP.Should().Be(0);
        CocoEvaluation.Evaluate(_annotations.Only([10]), new CocoResults([], [])).AP.Should().Be(double.NaN);
    }

    [Fact]
    public void AnyNumbers_WrittenAndRead_AreTheSame()
    {
        var number = Gen.Double.Where(value => double.IsFinite(value) && Math.Abs(value) < 1e100);
        var size = number.Select(Math.Abs);
        var path = _folder.File("any.json");
        Gen.Select(number, number, size, size, number).Array[0, 20].Sample(
            items =>
            {
                var results = new CocoResults([.. items.Select(item => new CocoResult(20, 4, new CocoBox(item.Item1, item.Item2, item.Item3, item.Item4), item.Item5))], []);
                results.Write(path);
                return CocoResults.Read(path, _annotations).Items.SequenceEqual(results.Items);
            }, iter: 100, threads: 1);
    }

    private CocoResults Read(string text) => CocoResults.Read(_folder.Write(text, "results.json"), _annotations);
}
