using AwesomeAssertions;
using Workbook.Formatting;
using Xunit;

namespace Workbook.Tests;

public sealed class ValueFormatterTests
{
    private static readonly Dictionary<string, int> Counts = new() { ["a"] = 1 };

    [Fact]
    public void TypeThatNamesItsFormatters_ShowsAllPreferredForms()
    {
        var forms = ValueFormatter.Format(new Drawn()).Forms;
        forms["text/html"].Should().Be("<b>drawn</b>");
        forms["image/svg+xml"].Should().Be("<svg/>");
        forms.Should().ContainKey("text/plain").And.NotContainKey("text/latex");
    }

    [Fact]
    public void MarkupInValues_IsEscaped() =>
        ValueFormatter.Format(new[] { "<script>&" }).Forms["text/html"].Should().Contain("&lt;script&gt;&amp;").And.NotContain("<script>");

    [Fact]
    public void RecordAndDictionary_AreTables()
    {
        ValueFormatter.Format(new Point(1, 2.5)).Forms["text/html"].Should().Contain("<td>Y</td>").And.Contain("2.5");
        ValueFormatter.Format(new Point(1, 2.5)).PlainText.Should().Be("Point { X: 1, Y: 2.5 }");
        ValueFormatter.Format(Counts).PlainText.Should().Be("{ a: 1 }");
    }

    [Fact]
    public void EndlessSequence_IsCut() => ValueFormatter.Format(Endless()).PlainText.Should().EndWith("… more ]");

    [Fact]
    public void ObjectWithinItself_EndsAtADepth() => ValueFormatter.Format(new Ring()).PlainText.Should().Contain("Ring");

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
        {
            yield return i;
        }
    }

    private sealed record Point(int X, double Y);

    private sealed class Ring
    {
        public Ring Self => this;
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html", "image/svg+xml"])]
    private class DrawnBase;

    private sealed class Drawn : DrawnBase;

    private sealed class Source
    {
        private readonly string _text = "<b>drawn</b>";

        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", _text), new Formatter("image/svg+xml", "<svg/>"), new Formatter("text/latex", "no")];
    }

    private sealed class Formatter(string mimeType, string text)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(text);
            return instance is Drawn;
        }
    }
}
