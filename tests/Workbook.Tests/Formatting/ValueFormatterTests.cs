using System.Collections;
using System.Data;
using System.Globalization;
using AwesomeAssertions;
using Workbook.Formatting;
using Xunit;

namespace Workbook.Tests.Formatting;

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
        ValueFormatter.Format(new Point(1, 2.5)).Forms["text/html"].Should().Contain(">Y</td>").And.Contain("2.5");
        ValueFormatter.Format(new Point(1, 2.5)).PlainText.Should().Be("Point { X: 1, Y: 2.5 }");
        ValueFormatter.Format(Counts).PlainText.Should().Be("{ a: 1 }");
    }

    [Fact]
    public void EndlessSequence_IsCut() => ValueFormatter.Format(Endless()).PlainText.Should().EndWith("… more ]");

    [Fact]
    public void ObjectWithinItself_EndsAtADepth() => ValueFormatter.Format(new Ring()).PlainText.Should().Contain("Ring");

    public static TheoryData<object?, string> PlainForms() => new()
    {
        { null, "<null>" },
        { 1.5, "1.5" },
        { 1234567.25m, "1234567.25" },
        { double.NaN, "NaN" },
        { 'c', "c" },
        { true, "True" },
        { DayOfWeek.Friday, "Friday" },
        { AttributeTargets.Class | AttributeTargets.Enum, "Class, Enum" },
        { (1.5, "a", (object?)null), "(1.5, a, <null>)" },
        { Tuple.Create(1, 2), "(1, 2)" },
        { KeyValuePair.Create("a", 1), "KeyValuePair<string, int> { Key: a, Value: 1 }" },
        { new { A = 1, B = new { C = 2 } }, "(anonymous) { A: 1, B: (anonymous) { C: 2 } }" },
        { new byte[] { 1, 2, 255 }, "byte[3] 01 02 FF" },
        { new int[,] { { 1, 2 }, { 3, 4 } }, "[ [ 1, 2 ], [ 3, 4 ] ]" },
        { new int[1, 1, 2], "[ [ [ 0, 0 ] ] ]" },
        { new int[][] { [1], [] }, "[ [ 1 ], [ ] ]" },
        { new Memory<int>([1, 2]), "[ 1, 2 ]" },
        { new Memory<int>(new int[25]), "[ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 5 more ]" },
        { "text".AsMemory(), "text" },
        { new ArraySegment<int>([1, 2, 3], 1, 2), "[ 2, 3 ]" },
        { Array.Empty<int>(), "[ ]" },
        { new Dictionary<string, int[]>(), "{ }" },
        { new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2024-01-02 03:04:05Z" },
        { new DateOnly(2024, 1, 2), "2024-01-02" },
        { new TimeOnly(3, 4), "03:04:00" },
        { TimeSpan.FromSeconds(90), "00:01:30" },
        { typeof(Dictionary<string, int?[]>), "Dictionary<string, int?[]>" },
        { typeof((int, string)[,]), "(int, string)[,]" },
        { new Func<int, bool>(x => x > 0), "Func<int, bool>" },
        { Task.FromResult(4), "4" },
        { Task.FromException<int>(new FormatException("bad")), "FormatException: bad" },
        { Task.Delay(-1, TestContext.Current.CancellationToken), "(a task that still runs)" },
        { new ValueTask<int>(5), "5" },
        { new ObservableDictionary(), "{ a: 1 }" },
    };

    [Theory]
    [MemberData(nameof(PlainForms), DisableDiscoveryEnumeration = true)]
    public void PlainText_IsWhatAReaderExpects(object? value, string plain) => ValueFormatter.Format(value).PlainText.Should().Be(plain);

    [Fact]
    public void Culture_HasNoSay()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            ValueFormatter.Format((1.5, new { X = 2.5m, D = new DateTime(2024, 1, 2) })).PlainText.Should()
                .Be("(1.5, (anonymous) { X: 2.5, D: 2024-01-02 00:00:00 })");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ItemsWithProperties_ShareOneTable()
    {
        var html = ValueFormatter.Format(new[] { new Point(1, 2.5), new Point(3, 4) }).Forms["text/html"];
        html.Replace(" style=\"text-align:left\"", "", StringComparison.Ordinal).Should()
            .StartWith("<table><thead><tr><th>index</th><th>X</th><th>Y</th></tr></thead>").And.NotContain("details");
        ValueFormatter.Format(Counts.ToArray()).Forms["text/html"].Should().ContainAll(">Key</th>", ">Value</th>");
    }

    [Fact]
    public void Object_IsATreeThatFolds()
    {
        var html = ValueFormatter.Format(new { Name = "a", At = new Point(1, 2), Several = new[] { 1, 2 } }).Forms["text/html"];
        html.Should().StartWith("<details open><summary>(anonymous)</summary><table>");
        html.Should().Contain("<details><summary>Point { X: 1, Y: 2 }</summary>");
        html.Should().Contain("[ 1, 2 ]").And.EndWith("</details>");
    }

    [Fact]
    public void Grid_HasAColumnForEachOfItsOwn() =>
        ValueFormatter.Format(new[,] { { 1, 2 }, { 3, 4 } }).Forms["text/html"].Should().ContainAll(">index</th>", ">0</th>", ">1</th>");

    [Fact]
    public void DataTable_IsATable()
    {
        using var table = new DataTable();
        table.Columns.Add("Name", typeof(string));
        table.Columns.Add("Count", typeof(int));
        table.Rows.Add("a", 1);
        table.Rows.Add("b", DBNull.Value);
        ValueFormatter.Format(table).Forms["text/html"].Should().ContainAll(">Name</th>", ">Count</th>").And.Contain("&lt;null&gt;");
    }

    [Fact]
    public void Groups_KeepTheirKeys() =>
        ValueFormatter.Format(Counts.GroupBy(pair => pair.Value)).PlainText.Should().Contain("Key: 1");

    [Fact]
    public void Query_RunsOnceForAllForms()
    {
        var runs = 0;
        ValueFormatter.Format(Enumerable.Range(0, 3).Select(x => x + runs++)).Forms.Should().HaveCount(2);
        runs.Should().Be(3);
    }

    [Fact]
    public void AsyncSequence_IsNotEnumerated()
    {
        var started = false;
        ValueFormatter.Format(Items()).PlainText.Should().Be("IAsyncEnumerable<int> (its items come by await foreach)");
        started.Should().BeFalse();

        async IAsyncEnumerable<int> Items()
        {
            started = true;
            await Task.Yield();
            yield return 1;
        }
    }

    [Fact]
    public void SequenceThatFails_WithinAValue_IsSaidInItsPlace()
    {
        var failing = Enumerable.Range(0, 3).Select(x => 1 / x);
        ValueFormatter.Format(new { Good = 1, Bad = failing }).PlainText.Should()
            .Be("(anonymous) { Good: 1, Bad: (DivideByZeroException: Attempted to divide by zero.) }");
        FluentActions.Invoking(() => ValueFormatter.Format(failing)).Should().Throw<DivideByZeroException>("alone, it is the cell's error");
    }

    [Fact]
    public void PropertyThatThrows_HidesNoOther() =>
        ValueFormatter.Format(new Moody()).PlainText.Should().Be("Moody { Bad: InvalidOperationException: not now, Good: 1 }");

    [Fact]
    public void Cycle_IsShownOnce()
    {
        var knot = new List<object> { 1 };
        knot.Add(knot);
        ValueFormatter.Format(knot).PlainText.Should().Be("[ 1, (the enclosing List<object>) ]");
        ValueFormatter.Format(new Ring()).PlainText.Should().Be("Ring { Self: (the enclosing Ring) }");
    }

    [Fact]
    public void TypeWithFormatters_InsideATable_KeepsItsPicture() =>
        ValueFormatter.Format(new object[] { new Spoken(), 1 }).Forms["text/html"].Should().Contain("<b>drawn</b>").And.NotContain("spoken");

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

    [Fact]
    public void TextOfANamedType_IsThatTypeAlready_AndNeverCut()
    {
        var svg = $"<svg>{new string(' ', 2_000_000)}</svg>";
        var forms = ValueFormatter.Format(svg, ["image/svg+xml"]).Forms;
        forms.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("image/svg+xml", svg));
    }

    private sealed class Moody
    {
        private readonly int _good = 1;

        public int Bad => _good == 0 ? 0 : throw new InvalidOperationException("not now");

        public int Good => _good;
    }

    private sealed class Fractal(int depth)
    {
        public IEnumerable<Fractal> Parts => Enumerable.Range(0, 1000).Select(_ => new Fractal(depth + 1));

        public string Text { get; } = new('x', 1000);
    }

    private sealed class Spoken : DrawnBase
    {
        public override string ToString() => "spoken";
    }

    private sealed class ObservableDictionary : IReadOnlyDictionary<string, int>
    {
        public IEnumerable<string> Keys => Counts.Keys;

        public IEnumerable<int> Values => Counts.Values;

        public int Count => Counts.Count;

        public int this[string key] => Counts[key];

        public bool ContainsKey(string key) => Counts.ContainsKey(key);

        public bool TryGetValue(string key, out int value) => Counts.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => Counts.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

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
            return instance is DrawnBase;
        }
    }
}
