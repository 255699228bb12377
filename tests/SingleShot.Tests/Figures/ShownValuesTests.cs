using System.Globalization;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SingleShot.Tests.Figures;

/// <summary>Values that a cell ends with, as a kernel shows them that knows names only.</summary>
public sealed class ShownValuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Picture_IsAPicture()
    {
        var (html, text) = Show(Markup.Noise(3, 2));

        html.Should().Contain("<image").And.Contain("data:image/png");
        text.Should().Be("3 x 2 pixels");
    }

    [Fact]
    public void PictureWithObjects_HasTheirBoxes() =>
        Show(new Example(Markup.Gray(20, 10), [new GroundTruth(new BoundingBox(1, 2, 3, 4), 1)])).Should().Match<(string Html, string Text)>(shown =>
            shown.Text == "20 x 10 pixels, 1 object" && shown.Html.Contains("class 1"));

    [Fact]
    public void Detections_AreATable_BestFirst()
    {
        IReadOnlyList<DetectedObject> found =
            [new(new BoundingBox(1, 2, 30.25, 40), 0, "cat", 0.25), new(new BoundingBox(5, 6, 7, 8), 1, "dog & co", 0.875)];

        foreach (var list in new object[] { found, found.ToArray(), found.ToList() })
        {
            var (html, text) = Show(list);
            text.Should().Be("2 detections, best dog & co 0.88");
            Rows(html).Should().Equal("class score left top right bottom", "dog &amp; co 0.875 5 6 7 8", "cat 0.25 1 2 30.2 40");
        }
        Show(found[0]).Text.Should().Be("1 detection, best cat 0.25");
        Show(Array.Empty<DetectedObject>()).Text.Should().Be("Nothing detected");
    }

    [Fact]
    public void Boxes_Objects_AndSteps_AreALineEach()
    {
        var boxes = Show(new[] { new BoundingBox(1, 2, 30.25, 40), new BoundingBox(0, 0, 5, 6) });
        boxes.Text.Should().Be("2 boxes");
        Rows(boxes.Html).Should().Equal("left top right bottom", "1 2 30.25 40", "0 0 5 6");
        Rows(Show(new List<GroundTruth> { new(new BoundingBox(1, 2, 3, 4), 7) { Difficult = true, Crowd = true } }).Html)
            .Should().Equal("label left top right bottom marked", "7 1 2 3 4 difficult, crowd");
        Rows(Show(new List<TrainingStep> { new(12, 1, 0.03, 0.5, 1.25, 0.125, 1.875, 40, 120, 16, 0.25, 0.01, 68) }).Html)
            .Should().Equal("step epoch learning rate loss localization confidence no match seconds", "12 1 0.03 1.875 0.5 1.25 0.125 0.25");
    }

    [Fact]
    public void ThousandsOfBoxes_AreCounted_AndTheFirstShown()
    {
        var (html, text) = Show(Enumerable.Repeat(new BoundingBox(1, 2, 3, 4), 8732).ToList());

        text.Should().Be("8732 boxes");
        html.Should().Contain("8732 boxes, the first 200 of them");
        Rows(html).Should().HaveCount(1 + 200);
    }

    [Fact]
    public void DataSet_IsATableOfItsClasses_ItsFirstPictures_AndItsProblems()
    {
        var readable = _folder.File("a.png");
        File.WriteAllBytes(readable, ImageFile.Encode(Markup.Gray(20, 10), ImageFormat.Png));
        GroundTruth Cat(double left) => new(new BoundingBox(left, 1, left + 2, 3), 0);
        var data = new DataSet(
            "set", ["cat", "dog"], [Sample("a", readable, Cat(1), Cat(5)), Sample("b", _folder.File("gone.png"), Cat(1))],
            [.. Enumerable.Range(0, 7).Select(i => new Finding(FindingKind.Twice, $"problem {i}"))]);

        var (html, text) = Show(data);

        text.Should().Be("set: 2 images, 3 objects of 2 classes, 0 images without objects, 7 problems");
        Rows(html).Should().Equal("class objects images", "cat 3 2", "dog 0 0");
        html.Should().Contain("a.png, 20 x 10 pixels, 2 objects").And.Contain("gone.png: ").And.Contain("problem 4").And.NotContain("problem 5").And.Contain("2 more problems");
    }

    [Fact]
    public void Specification_IsATableOfItsMaps()
    {
        var (html, text) = Show(Specifications.Ssd300(["cat"]));

        text.Should().Be("SSD300: 300 x 300 pixels, Vgg16, 1 class, 8732 default boxes");
        Rows(html)[1].Should().Be("0 38 x 38 8 0.07 1, 2 4 5776");
        Rows(html).Should().HaveCount(7);
    }

    [Fact]
    public void Network_IsATableOfItsLayers()
    {
        using var network = new SsdNetwork(Specifications.Small(["cat", "dog"]), 1);

        var (html, text) = Show(network);

        text.Should().Be("Small SSD 96: 96 x 96 pixels, Small, 2 classes, 760 default boxes; 37 layers, 339,848 parameters, all trained");
        Rows(html)[1].Should().Be("backbone.features.0 Conv2d 3 to 24, 3 x 3, stride 2 weight [24, 3, 3, 3] 648");
        Rows(html).Should().HaveCount(38);
    }

    [Fact]
    public void AnyModule_IsATableOfItsLayers()
    {
        using var module = nn.Linear(3, 2);
        module.weight.requires_grad = false;

        var (html, text) = Show(module);

        text.Should().Be("Linear; 1 layer, 8 parameters, 1 of 2 tensors frozen");
        Rows(html)[1].Should().Be("(itself) Linear weight [2, 3]; bias [2] 8");
    }

    public static TheoryData<Func<Tensor>, string> Tensors => new()
    {
        { () => tensor(2.5), "[] Float64 on cpu, 2.5 to 2.5" },
        { () => arange(12).reshape(3, 4), "[3, 4] Int64 on cpu, 0 to 11" },
        { () => tensor([true, false, true]), "[3] Bool on cpu, 2 of 3 true" },
        { () => tensor([1f, float.NaN, -2f, float.PositiveInfinity]), "[4] Float32 on cpu, -2 to 1, 2 NaN or infinite" },
        { () => full([2], double.NaN, float64), "[2] Float64 on cpu, none finite" },
        { () => zeros(0, 4), "[0, 4] Float32 on cpu" },
        { () => zeros([2], ScalarType.ComplexFloat32), "[2] ComplexFloat32 on cpu" },
        { () => tensor([1.5f, 3f]).to(bfloat16), "[2] BFloat16 on cpu, 1.5 to 3" },
        { () => ones(2, 2).requires_grad_(), "[2, 2] Float32 on cpu, 1 to 1" },
    };

    [Theory]
    [MemberData(nameof(Tensors), DisableDiscoveryEnumeration = true)]
    public void Tensor_SaysShapeTypeAndRange(Func<Tensor> make, string words) => Show(make()).Text.Should().Be(words);

    [Theory]
    [InlineData(1, "3 40 30")]
    [InlineData(4, "4 3 40 30")]
    [InlineData(8, "20 3 3 3")]
    [InlineData(8, "2 512 38 38")]
    [InlineData(8, "16 5 5")]
    [InlineData(1, "100 90")]
    [InlineData(0, "8732 4")]
    [InlineData(0, "3 8732")]
    [InlineData(0, "512 1 1")]
    [InlineData(0, "7")]
    public void TensorOfPicturesOrMaps_ShowsThem(int pictures, string shape) =>
        Regex.Count(Show(rand([.. shape.Split(' ').Select(side => long.Parse(side, CultureInfo.InvariantCulture))])).Html, "<svg").Should().Be(pictures);

    [Fact]
    public void TensorOfFewNumbers_ShowsThem()
    {
        Show(tensor(new[] { 1, 2.5, -3, double.NaN }, [2, 2])).Html.Should().Contain(">  1  2.5\n -3  NaN</pre>");
        Show(arange(8).reshape(2, 2, 2)).Html.Should().Contain(">0  1\n2  3\n\n4  5\n6  7</pre>");
        Show(tensor(2.5)).Html.Should().Contain(">2.5</pre>");
    }

    [Fact]
    public void TensorWithNaN_ShowsNoPicture() => Show(full([3, 32, 32], float.NaN)).Html.Should().NotContain("<svg");

    [Fact]
    public void LargeTensor_StaysSmallInTheNotebook()
    {
        Show(rand(16, 3, 300, 300)).Html.Length.Should().BeLessThan(300_000);
        Show(rand(3, 2000, 2000)).Html.Length.Should().BeLessThan(300_000);
    }

    [Fact]
    public void TensorThatIsDisposedOf_SaysSo()
    {
        var gone = ones(2);
        gone.Dispose();

        Show(gone).Text.Should().Be("A tensor that is disposed of.");
    }

    [Fact]
    public void Showing_LeavesNoTensorBehind()
    {
        var value = rand(2, 3, 16, 16);
        Show(value);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Show(value);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        value.IsInvalid.Should().BeFalse();
    }

    [Fact]
    public void Help_NamesWhatIsShown() => Notebook.Help().ToHtml().Should().ContainAll("RgbImage", "DataSet", "Tensor", "Checkpoint.LoadNetwork");

    private static Sample Sample(string id, string path, params GroundTruth[] truths) => new(id, path, 20, 10, truths);

    private static (string Html, string Text) Show(object value)
    {
        object attribute = typeof(Pictures).Assembly.GetCustomAttributes(false).Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)Property(attribute, "FormatterSourceType");
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters", [])!.Invoke(Activator.CreateInstance(source), null)!;
        var forms = formatters.Where(one => ((Type)Property(one, "Type")).IsInstanceOfType(value)).ToDictionary(one => (string)Property(one, "MimeType"), one =>
        {
            using var writer = new StringWriter();
            one.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(one, [value, writer]).Should().Be(true);
            return writer.ToString();
        });
        forms.Keys.Should().BeEquivalentTo((string[])Property(attribute, "PreferredMimeTypes"));
        return (forms["text/html"], forms["text/plain"]);
    }

    private static object Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target)!;

    private static string[] Rows(string html) =>
        [.. Regex.Matches(html, "<tr>(.*?)</tr>").Select(row => string.Join(' ', Regex.Matches(row.Groups[1].Value, "<t[hd][^>]*>(.*?)</t[hd]>").Select(cell => cell.Groups[1].Value)))];
}
