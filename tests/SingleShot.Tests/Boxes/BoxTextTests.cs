using System.Globalization;
using AwesomeAssertions;
using CsCheck;
using SingleShot.Boxes;
using Xunit;

namespace SingleShot.Tests.Boxes;

public class BoxTextTests
{
    [Fact]
    public void Parse_BoxesInAnyCommonWriting() =>
        Parse("10 20 60 80; 5,5, 40.5, 30;\n -3 0 1e2 7;").Should().Equal(new BoundingBox(10, 20, 60, 80), new BoundingBox(5, 5, 40.5, 30), new BoundingBox(-3, 0, 100, 7));

    [Fact]
    public void Parse_WhereDecimalsFollowAComma_ReadsPoints()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Parse("1.5 2 3.25 4").Should().Equal(new BoundingBox(1.5, 2, 3.25, 4));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Parse_OfWhatWasWritten_IsTheSameBoxes() => Gen.Double[0, 89].Array[2].Select(Gen.Double[0.01, 1e4].Array[2], (at, size) =>
        new BoundingBox(at[0], at[1], at[0] + size[0], at[1] + size[1])).Array[1, 5].Sample(boxes =>
        Parse(string.Join(';', boxes.Select(b => FormattableString.Invariant($"{b.Left:R} {b.Top:R} {b.Right:R} {b.Bottom:R}")))).SequenceEqual(boxes));

    [Theory]
    [InlineData("", "There is no box*")]
    [InlineData(" ; ", "There is no box*")]
    [InlineData("1 2 3 4; 5 6 7", "Box 1, \"5 6 7\", is not four numbers*")]
    [InlineData("1 2 3 4 5", "Box 0, *is not four numbers*")]
    [InlineData("1 2 three 4", "Box 0, *is not four numbers*")]
    [InlineData("1 2 NaN 4", "Box 0, *is not four numbers*")]
    [InlineData("1 2 3 Infinity", "Box 0, *is not four numbers*")]
    [InlineData("10 20 10 80", "Box 0, *has no extent*right has to be larger than left*")]
    [InlineData("10 20 30 15", "Box 0, *has no extent*")]
    [InlineData("1 2 3 4; 100 20 130 40", "Box 1 lies beside the picture, which is 100 x 90 pixels*")]
    [InlineData("-9 -9 0 20", "Box 0 lies beside the picture*")]
    public void Parse_OfWhatIsNoBox_SaysWhichAndWhatToWrite(string text, string message) =>
        FluentActions.Invoking(() => Parse(text)).Should().Throw<FormatException>().WithMessage(message);

    private static IReadOnlyList<BoundingBox> Parse(string text) => BoxText.Parse(text, 100, 90);
}
