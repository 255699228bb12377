using System.Text;
using AwesomeAssertions;
using CsCheck;
using Workbook.Editing;
using Xunit;

namespace Workbook.Tests.Editing;

public sealed class CodePointsTests
{
    private static readonly Gen<string> Text =
        Gen.Frequency((3, Gen.Int[0x20, 0x2FF]), (1, Gen.Int[0x1F300, 0x1F6FF])).Array[0, 30]
            .Select(points => string.Concat(points.Select(point => new Rune(point).ToString())));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("😀b", 1, 2)]
    [InlineData("a😀😀b", 3, 5)]
    [InlineData("abc", 9, 3)]
    [InlineData("abc", -1, 0)]
    public void CodePoints_AreFoundInUtf16(string text, int codePoints, int utf16) =>
        CodePoints.ToUtf16(text, codePoints).Should().Be(utf16);

    [Fact]
    public void PositionWithinAPair_CountsWhatIsBeforeThePair() => CodePoints.FromUtf16("a😀b", 2).Should().Be(1);

    [Fact]
    public void ThereAndBack_IsTheSame() => Text.Sample(text =>
    {
        var count = text.EnumerateRunes().Count();
        for (var point = 0; point <= count; point++)
        {
            CodePoints.FromUtf16(text, CodePoints.ToUtf16(text, point)).Should().Be(point);
        }
        CodePoints.ToUtf16(text, count).Should().Be(text.Length);
    });
}
