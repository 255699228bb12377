using System.Globalization;
using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Detection;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Losses;
using SingleShot.Models;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;
using Regex = System.Text.RegularExpressions.Regex;

namespace SingleShot.Tests.Figures;

public class PicturesTests
{
    [Fact]
    public void Boxes_OneBox_HasItsCoordinates()
    {
        var svg = Markup.SvgOf(Pictures.Boxes(Markup.Gray(96, 96), [new BoxOnImage(new BoundingBox(10, 20.5, 40, 60), "a box")]));

        svg.Attribute("viewBox")!.Value.Should().Be("0 0 96 96");
        svg.Number("width").Should().Be(384, "small pictures are shown by the least whole factor that makes 360 pixels");
        var box = Markup.Boxes(svg).Single();
        new[] { box.Number("x"), box.Number("y"), box.Number("width"), box.Number("height") }.Should().Equal(10, 20.5, 30, 39.5);
        box.Element(Markup.Svg + "title")!.Value.Should().Be("a box");
    }

    [Fact]
    public void Boxes_TextWithMarkup_IsEscaped()
    {
        var figure = Pictures.Boxes(Markup.Gray(96, 96), [new BoxOnImage(new(1, 1, 9, 9), "<b> & \"\u0001") { Label = "</svg>" }], "<script>");

        figure.ToHtml().Should().NotContain("<script>").And.NotContain("<b>");
        var svg = Markup.SvgOf(figure);
        svg.Descendants(Markup.Svg + "title").Single().Value.Should().Be("<b> & \"");
        svg.Descendants(Markup.Svg + "text").Single().Value.Should().Be("</svg>");
    }

    [Fact]
    public void Boxes_TextThatXmlForbids_IsLeftOut()
    {
        var label = string.Concat(Enumerable.Repeat("\U0001F600", 200)); // so long that it is cut, at this width in one of the two within a character
        var svg = Markup.SvgOf(Pictures.Boxes(Markup.Gray(96, 96), [new BoxOnImage(new(1, 1, 9, 9), "a\uffff\u0000\ud800b") { Label = label }, new BoxOnImage(new(1, 1, 9, 9)) { Label = 'x' + label }]));

        svg.Descendants(Markup.Svg + "title").Single().Value.Should().Be("a\ufffdb");
        svg.Descendants(Markup.Svg + "text").Should().HaveCount(2).And.AllSatisfy(text => text.Value.Should().EndWith("😀…").And.NotContain("\ufffd"));
    }

    [Fact]
    public void Boxes_Image_IsEmbeddedPixelByPixel()
    {
        var image = Markup.Noise(31, 17);
        var href = Markup.SvgOf(Pictures.Image(image)).Element(Markup.Svg + "image")!.Attribute("href")!.Value;

        href.Should().StartWith("data:image/png;base64,");
        using var bitmap = SKBitmap.Decode(Convert.FromBase64String(href[href.IndexOf(',', StringComparison.Ordinal)..][1..]));
        (bitmap.Width, bitmap.Height).Should().Be((31, 17));
        bitmap.Pixels.SelectMany(p => new[] { p.Red, p.Green, p.Blue }).Should().Equal(image.Pixels.ToArray());
    }

    [Fact]
    public void Boxes_PhotographOfACamera_IsShrunk()
    {
        var html = Pictures.Image(Markup.Noise(3000, 2000)).ToHtml();

        html.Length.Should().BeLessThan(4_000_000, "noise does not compress: 1000 x 666 x 3 bytes in base 64 is the most");
    }

    [Fact]
    public void Boxes_BeyondTheEdge_GetAMarginThere()
    {
        var svg = Markup.SvgOf(Pictures.Boxes(Markup.Gray(300, 300), [new BoxOnImage(new(-10, 0, 20, 20))]));

        svg.Attribute("viewBox")!.Value.Should().Be("-16 0 316 300");
        svg.Elements(Markup.Svg + "rect").First().Attribute("fill")!.Value.Should().Be("#808080", "a white line has to show on the margin of a white page");
    }

    [Fact]
    public void DefaultBoxes_AtACorner_AreWhollyInView()
    {
        var corner = Specifications.Ssd300(["cat"]).DefaultBoxes().Where(box => box.Map == 2 && box.Row == 0 && box.Column == 0).ToList();
        var svg = Markup.SvgOf(Pictures.DefaultBoxes(Markup.Gray(300, 300), corner));

        var view = svg.Attribute("viewBox")!.Value.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        corner.Min(box => box.On(300, 300).Left).Should().BeGreaterThan(view[0]);
        corner.Min(box => box.On(300, 300).Top).Should().BeGreaterThan(view[1]);
    }

    [Fact]
    public void DefaultBoxes_OfOneMap_AreColoredByAspectRatio()
    {
        var boxes = Specifications.Ssd300(["cat"]).DefaultBoxes();
        int Colors(IEnumerable<DefaultBox> some) =>
            Markup.Boxes(Markup.SvgOf(Pictures.DefaultBoxes(Markup.Gray(300, 300), [.. some]))).Select(box => box.Attribute("stroke")!.Value).Distinct().Count();

        Colors(boxes.Where(box => box.Map == 1 && box.Row == 9 && box.Column == 9)).Should().Be(5, "there are two squares and four ratios beside");
        Colors(boxes.Where(box => box.Row == 0 && box.Column == 0)).Should().Be(6, "there are six maps");
    }

    [Fact]
    public void DefaultBoxes_OfACell_ALineTellsTheirAspectRatios()
    {
        var boxes = Specifications.Ssd300(["cat"]).DefaultBoxes();
        string Legend(IEnumerable<DefaultBox> some) =>
            string.Join(", ", Regex.Matches(Pictures.DefaultBoxes(Markup.Gray(300, 300), [.. some]).ToHtml(), "</span>([^<]+)</span>").Select(name => name.Groups[1].Value));

        Legend(boxes.Where(box => box.Map == 1 && box.Row == 9 && box.Column == 9)).Should().Be("1 : 1, 2 : 1, 1 : 2, 3 : 1, 1 : 3");
        Legend(boxes.Where(box => box.Map < 2 && box.Row == 0)).Should().Be("map 0, map 1");
        Legend(boxes.Take(1)).Should().BeEmpty();
    }

    [Fact]
    public void Boxes_NotANumber_AreLeftOut()
    {
        var svg = Markup.SvgOf(Pictures.Boxes(Markup.Gray(50, 50), [new BoxOnImage(new(double.NaN, 0, 5, 5)), new BoxOnImage(new(0, 0, 5, double.PositiveInfinity))]));

        Markup.Boxes(svg).Should().BeEmpty();
    }

    [Fact]
    public void Boxes_OfSsd300And200Matches_FitAMegabyte()
    {
        var boxes = Specifications.Ssd300(["cat"]).DefaultBoxes();
        var image = Markup.Noise(300, 300);

        var all = Pictures.DefaultBoxes(image, boxes).ToHtml();
        var matches = Pictures.Matches(image, [new GroundTruth(new(90, 90, 210, 210), 0)], [.. Enumerable.Range(4000, 200).Select(i => new Match(0, i))], boxes).ToHtml();

        all.Length.Should().BeLessThan(1_000_000);
        matches.Length.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void Cells_StandInRowsAndColumns_AndSomeOnTheirGroupsColor()
    {
        var svg = Markup.SvgOf(Pictures.Cells([[new("head"), new("0.5", 1)], [], [new("0.25", 2)]], "a table"));

        svg.Number("height").Should().Be(26 + 10 + 26 + 1, "a row without cells is a gap");
        svg.Descendants(Markup.Svg + "rect").Select(cell => cell.Attribute("fill")!.Value).Should().Equal(Palette.Box(1), Palette.Box(2));
        var words = svg.Descendants(Markup.Svg + "text").ToList();
        words.Select(text => text.Value).Should().Equal("head", "0.5", "0.25");
        words[2].Number("x").Should().Be(words[0].Number("x")).And.BeLessThan(words[1].Number("x"));
    }

    [Fact]
    public void Cells_None_AreRefused() => FluentActions.Invoking(() => Pictures.Cells([[], []], "")).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData(0.18, 0.325, 0.68, 0.725)]
    [InlineData(0, 0.1, 0.4, 0.3)]
    public void Offsets_AreThoseThatTheNetworkLearns(double left, double top, double right, double bottom)
    {
        BoundingBox from = new(0.15, 0.2, 0.55, 0.7), to = new(left, top, right, bottom);
        var words = Markup.SvgOf(Pictures.Offsets(from, to)).Descendants(Markup.Svg + "text").Select(text => text.Value).Where(text => text.Contains('=', StringComparison.Ordinal));
        var drawn = words.Select(text => double.Parse(Regex.Match(text, @".*= ([-\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture));

        var learned = BoxCoder.Plain.Encode(tensor(new[,] { { left, top, right, bottom } }), tensor(new[,] { { 0.35, 0.45, 0.4, 0.5 } })).data<double>().ToArray();
        drawn.Should().HaveCount(4).And.Equal(learned, (one, other) => Math.Abs(one - other) <= 0.0005);
    }

    [Fact]
    public void Offsets_OfABoxWithoutWidth_AreRefused() =>
        FluentActions.Invoking(() => Pictures.Offsets(new(0, 0, 1, 1), new(0, 0, 0, 1))).Should().Throw<ArgumentException>().WithParameterName("truth");

    [Fact]
    public void Detections_LabelsAtEveryEdge_StayInside()
    {
        BoundingBox[] places = [new(0, 0, 20, 20), new(80, 0, 96, 10), new(0, 80, 10, 96), new(85, 85, 96, 96), new(-3, -3, 99, 99), new(40, 40, 60, 60)];
        var svg = Markup.SvgOf(Pictures.Detections(
            Markup.Gray(96, 96), [.. places.Select((p, i) => new DetectedObject(p, i, i == 0 ? new string('W', 80) : "traffic light", .987))]));

        var view = svg.Attribute("viewBox")!.Value.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        var grounds = svg.Elements(Markup.Svg + "g").Select(g => g.Element(Markup.Svg + "rect")!).ToList();
        grounds.Should().HaveCount(places.Length);
        foreach (var ground in grounds)
        {
            ground.Number("x").Should().BeGreaterThanOrEqualTo(view[0] - .01);
            ground.Number("y").Should().BeGreaterThanOrEqualTo(view[1] - .01);
            (ground.Number("x") + ground.Number("width")).Should().BeLessThanOrEqualTo(view[0] + view[2] + .02);
            (ground.Number("y") + ground.Number("height")).Should().BeLessThanOrEqualTo(view[1] + view[3] + .02);
        }
    }

    [Fact]
    public void Detections_InAnotherCountry_WriteTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        string Draw() => Pictures.Detections(Markup.Gray(50, 50), [new DetectedObject(new(1.5, 2.5, 20, 20), 0, "cat", .5)]).ToHtml();
        var expected = Draw();
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Draw().Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Matches_Forced_IsDottedWithADiamond()
    {
        // One cell with the squares of side 50 and 60 about the middle; the object is the first of them moved right by 10.
        var defaults = new DefaultBoxes([new FeatureMap(1, 100, 0.5, 0.72, [])], 100);
        var svg = Markup.SvgOf(Pictures.Matches(
            Markup.Gray(100, 100), [new GroundTruth(new(35, 25, 85, 75), 0)], [new Match(0, 0), new Match(0, 1)], defaults, ["cat"], threshold: 0.62));

        var titles = Markup.Boxes(svg).ToDictionary(b => b.Element(Markup.Svg + "title")!.Value, b => b.Attribute("stroke-dasharray")?.Value);
        titles.Should().HaveCount(3).And.ContainKey("object 0: cat").WhoseValue.Should().BeNull();
        // Overlaps: 2000 / 3000, and 45 * 50 / (3600 + 2500 - 2250).
        titles["default box 0, matched to object 0\noverlap 0.667"].Should().NotBe(titles["default box 1, forced to object 0\noverlap 0.584"]).And.NotBeNull();
        svg.Descendants(Markup.Svg + "text").Single().Value.Should().Be("0: cat");
    }

    [Fact]
    public void FeatureMap_IsBlackAtTheLowestAndWhiteAtTheHighest()
    {
        using var map = tensor(new[,] { { -1.0, 3.0, 1.0 } });

        PixelsOf(Pictures.FeatureMap(map, "a map")).Should().Equal(0, 255, 127);
    }

    [Fact]
    public void FeatureMap_OfOneValue_IsGray()
    {
        using var map = full(2, 2, 20f) + tensor(new float[,] { { 0, 1e-5f }, { 0, 0 } });

        PixelsOf(Pictures.FeatureMap(map)).Should().Equal(128, 128, 128, 128);
    }

    [Fact]
    public void FeatureMap_OfAllChannels_OrOfNoNumbers_SaysWhatToTake()
    {
        FluentActions.Invoking(() => Pictures.FeatureMap(zeros(64, 12, 12))).Should().Throw<ArgumentException>().WithMessage("*[64, 12, 12]*features[c]*");
        FluentActions.Invoking(() => Pictures.FeatureMap(zeros(2, 2) / 0)).Should().Throw<ArgumentException>().WithMessage("*not finite*");
    }

    [Fact]
    public void Gallery_OfPictures_ShowsThemAll()
    {
        var gallery = Pictures.Gallery([Pictures.Image(Markup.Gray(9, 9), "one"), Pictures.Image(Markup.Gray(9, 9), "two")], 2);

        gallery.ToHtml().Should().Contain("one").And.Contain("two").And.Contain("repeat(2,");
        FluentActions.Invoking(() => Pictures.Gallery([], 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>The red of each pixel of the figure's image.</summary>
    private static byte[] PixelsOf(Figure figure)
    {
        var href = Markup.SvgOf(figure).Element(Markup.Svg + "image")!.Attribute("href")!.Value;
        using var bitmap = SKBitmap.Decode(Convert.FromBase64String(href[(href.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        return [.. bitmap.Pixels.Select(pixel => pixel.Red)];
    }
}
