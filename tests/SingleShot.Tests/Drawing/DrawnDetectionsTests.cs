using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Drawing;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Tests.Drawing;

public class DrawnDetectionsTests
{
    private static readonly RgbImage Gray = RgbImage.Create(120, 80, pixels => pixels.Fill(100));

    [Fact]
    public void Box_HasItsClassesColor_AndItsInsideIsThePictures()
    {
        var drawn = DrawnDetections.On(Gray, [new DetectedObject(new BoundingBox(20, 30, 60, 70), 1, "x", 0.5)]);

        foreach (var (x, y) in new[] { (20, 30), (59, 30), (20, 69), (59, 69), (40, 30), (40, 69), (20, 50), (59, 50) })
        {
            Color(drawn, x, y).Should().Be(0x56B4E9, $"({x}, {y}) is on the edge");
        }
        foreach (var (x, y) in new[] { (21, 50), (58, 50), (40, 68), (60, 50), (19, 50), (40, 70) })
        {
            Color(drawn, x, y).Should().Be(0x646464, $"({x}, {y}) is not");
        }
        Gray.Pixels.ToArray().Should().OnlyContain(value => value == 100);
    }

    [Fact]
    public void Label_IsWrittenAboveTheBox()
    {
        var drawn = DrawnDetections.On(Gray, [new DetectedObject(new BoundingBox(20, 30, 60, 70), 1, "T", 0.5)]);

        // A T is a bar of five points and a stem, black on its class's color; the ground ends where the box begins.
        string[] rows = [.. Enumerable.Range(22, 7).Select(y => string.Concat(Enumerable.Range(21, 5).Select(x => Color(drawn, x, y) == 0 ? '#' : '.')))];
        rows.Should().Equal("#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#..");
        Color(drawn, 20, 21).Should().Be(0x56B4E9);
        Color(drawn, 20, 20).Should().Be(0x646464);
    }

    [Fact]
    public void LettersWithMarks_LoseThem_AndOthersAreAQuestionMark()
    {
        var box = new BoundingBox(20, 30, 60, 70);
        DrawnDetections.On(Gray, [new DetectedObject(box, 0, "größe 犬", 0.5)]).Pixels.ToArray().Should()
            .Equal(DrawnDetections.On(Gray, [new DetectedObject(box, 0, "gro?e ?", 0.5)]).Pixels.ToArray());
    }

    [Fact]
    public void BestDetection_LiesOnTop()
    {
        var box = new BoundingBox(20, 30, 60, 70);
        var drawn = DrawnDetections.On(Gray, [new DetectedObject(box, 0, "best", 0.9), new DetectedObject(box, 1, "next", 0.5)]);

        Color(drawn, 40, 69).Should().Be(BoxColors.Of(0));
    }

    [Fact]
    public void AnyBox_OnAnyPicture_IsDrawnWithinIt() => Gen.Select(Gen.Int[1, 700], Gen.Int[1, 40], Gen.Double[-50, 800], Gen.Double[-50, 800], Gen.Double[-50, 800], Gen.Double[-50, 800])
        .Sample((width, height, left, top, right, bottom) =>
        {
            var picture = RgbImage.Create(width, height, pixels => pixels.Fill(7));
            var drawn = DrawnDetections.On(picture, [new DetectedObject(new BoundingBox(left, top, right, bottom), 3, "a long name of a class", 1)]);
            return drawn.Width == width && drawn.Height == height && drawn.Pixels.Length == picture.Pixels.Length;
        }, iter: 200);

    private static int Color(RgbImage image, int x, int y)
    {
        var at = (y * image.Width + x) * 3;
        return image.Pixels[at] << 16 | image.Pixels[at + 1] << 8 | image.Pixels[at + 2];
    }
}
