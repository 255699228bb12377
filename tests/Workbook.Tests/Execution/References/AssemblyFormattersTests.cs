using AwesomeAssertions;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.References;

/// <summary>A library that shows types of others. Of types that no other test shows, for it holds for the whole process, as in a kernel's.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class AssemblyFormattersTests : IDisposable
{
    private const string Library = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.IO;

        [assembly: Shows.TypeFormatterSource]

        namespace Shows
        {
            public sealed class TypeFormatterSourceAttribute : Attribute
            {
                public Type FormatterSourceType => typeof(Source);
                public string[] PreferredMimeTypes => new[] { "text/html", "text/plain" };
            }

            public sealed class Source
            {
                public IEnumerable<object> CreateTypeFormatters() => new object[]
                {
                    new Formatter(typeof(BitArray), "text/html", "<b>bits</b>"),
                    new Formatter(typeof(BitArray), "text/plain", "bits"),
                    new Formatter(typeof(BitArray), "text/latex", "nobody asked"),
                    new Formatter(typeof(IReadOnlyList<BitArray>), "text/html", "<b>rows</b>"),
                };
            }

            public sealed class Formatter
            {
                private readonly string _text;
                public Formatter(Type type, string mimeType, string text) { Type = type; MimeType = mimeType; _text = text; }
                public Type Type { get; }
                public string MimeType { get; }
                public bool Format(object instance, TextWriter writer) { writer.Write(_text); return true; }
            }
        }
        """;

    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Fact]
    public async Task ReferencedAssembly_ShowsTypesOfOthers_FromTheCellThatReferencesIt()
    {
        await _cells.Result("using System.Collections;\nnew BitArray(2)");
        _cells.Build("Shows", Library);

        (await Forms("#r \"Shows.dll\"\nnew BitArray(2)")).Should().BeEquivalentTo(new Dictionary<string, string> { ["text/html"] = "<b>bits</b>", ["text/plain"] = "bits" });
        (await Forms("new BitArray[] { new(1) }"))["text/html"].Should().Be("<b>rows</b>");
        (await Forms("new List<BitArray> { new(1) }"))["text/html"].Should().Be("<b>rows</b>");
        (await Forms("(new BitArray(1), 1)"))["text/html"].Should().Contain("<b>bits</b>", "it is shown so within a table, too");
    }

    private async Task<IReadOnlyDictionary<string, string>> Forms(string code)
    {
        await _cells.Result(code);
        return _cells.Outputs.OfType<ResultOutput>().Single().Data.Forms;
    }
}
