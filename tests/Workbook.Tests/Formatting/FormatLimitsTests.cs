using AwesomeAssertions;
using Workbook.Formatting;
using Xunit;

namespace Workbook.Tests.Formatting;

/// <summary>Values that are endless, or larger than a notebook bears.</summary>
public sealed class FormatLimitsTests
{
    [Fact]
    public void EndlessSequence_IsCut() => ValueFormatter.Format(Endless()).PlainText.Should().EndWith("… more ]");

    [Fact]
    public void Cycle_IsShownOnce()
    {
        var knot = new List<object> { 1 };
        knot.Add(knot);
        ValueFormatter.Format(knot).PlainText.Should().Be("[ 1, (the enclosing List<object>) ]");
        ValueFormatter.Format(new Ring()).PlainText.Should().Be("Ring { Self: (the enclosing Ring) }");
    }

    [Fact]
    public void ValuesWithoutEnd_StayWithinBounds()
    {
        var bundle = ValueFormatter.Format(new Fractal(0));
        bundle.PlainText.Length.Should().BeLessThan(200_000);
        bundle.Forms["text/html"].Length.Should().BeLessThan(2_000_000);
    }

    [Fact]
    public void HugeText_IsCutAndSaysItsLength()
    {
        var text = new string('a', 100 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plain = ValueFormatter.Format(text).PlainText;
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(text.Length / 10, "no copy of the whole is made, whose characters have two bytes each");
        plain.Should().HaveLength(100_000 + "…\n(104,857,600 characters, of which the first 100,000 are shown)".Length).And.EndWith("are shown)");
        ValueFormatter.Format(new { Text = text }).PlainText.Length.Should().BeLessThan(1000);
    }

    private sealed class Fractal(int depth)
    {
        public IEnumerable<Fractal> Parts => Enumerable.Range(0, 1000).Select(_ => new Fractal(depth + 1));

        public string Text { get; } = new('x', 1000);
    }

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
        {
            yield return i;
        }
    }

    private sealed class Ring
    {
        public Ring Self => this;
    }
}
