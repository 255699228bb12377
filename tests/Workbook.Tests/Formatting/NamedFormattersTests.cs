using AwesomeAssertions;
using Workbook.Formatting;
using Xunit;

namespace Workbook.Tests.Formatting;

/// <summary>A type that brings its own formatters, as .NET Interactive finds them.</summary>
public sealed class NamedFormattersTests
{
    [Fact]
    public void TypeThatNamesItsFormatters_ShowsAllPreferredForms()
    {
        var forms = ValueFormatter.Format(new Drawn()).Forms;
        forms["text/html"].Should().Be("<b>drawn</b>");
        forms["image/svg+xml"].Should().Be("<svg/>");
        forms.Should().ContainKey("text/plain").And.NotContainKey("text/latex");
    }

    [Fact]
    public void TypeWithFormatters_InsideATable_KeepsItsPicture() =>
        ValueFormatter.Format(new object[] { new Spoken(), 1 }).Forms["text/html"].Should().Contain("<b>drawn</b>").And.NotContain("spoken");

    [Fact]
    public void TextOfANamedType_IsThatTypeAlready_AndNeverCut()
    {
        var svg = $"<svg>{new string(' ', 2_000_000)}</svg>";
        var forms = ValueFormatter.Format(svg, ["image/svg+xml"]).Forms;
        forms.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("image/svg+xml", svg));
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html", "image/svg+xml"])]
    private class DrawnBase;

    private sealed class Drawn : DrawnBase;

    private sealed class Spoken : DrawnBase
    {
        public override string ToString() => "spoken";
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

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
            return instance is DrawnBase;
        }
    }
}
