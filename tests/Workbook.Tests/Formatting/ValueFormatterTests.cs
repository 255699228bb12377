using System.Collections;
using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Workbook.Formatting;
using Xunit;

namespace Workbook.Tests.Formatting;

public sealed class ValueFormatterTests
{
    private static readonly Dictionary<string, int> Counts = new() { ["a"] = 1 };

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
        Regex.Replace(html, " style=\"text-align:[a-z]+\"", "").Should()
            .Contain("><table><thead><tr><th>index</th><th>X</th><th>Y</th></tr></thead>").And.NotContain("details");
        ValueFormatter.Format(Counts.ToArray()).Forms["text/html"].Should().ContainAll(">Key</th>", ">Value</th>");
    }

    [Theory]
    [InlineData(new[] { "1,024", "7" }, true)]
    [InlineData(new[] { "0.714", "" }, true)]
    [InlineData(new[] { "+0.003", "-0.012" }, true)]
    [InlineData(new[] { "12 ms", "3.5 %" }, true)]
    [InlineData(new[] { "19 images/s" }, true)]
    [InlineData(new[] { "30.9 million", "9 million" }, true)]
    [InlineData(new[] { "1E-05", "NaN" }, true)]
    [InlineData(new[] { "3", "none" }, false)]
    [InlineData(new[] { "0.79-0.82" }, false)]
    [InlineData(new[] { "2026-12-01" }, false)]
    [InlineData(new[] { "3 of them were found" }, false)]
    [InlineData(new[] { "", "" }, false)]
    public void ColumnOfNumbers_IsAlignedToTheRight_AndSoIsItsHead(string[] values, bool right)
    {
        var html = ValueFormatter.Format(values.Select(value => new { Value = value }).ToArray()).Forms["text/html"];
        html.Should().Contain($"<th style=\"text-align:{(right ? "right" : "left")}\">Value</th>");
        html.Contains("<td style=\"text-align:right", StringComparison.Ordinal).Should().Be(right);
    }

    [Fact]
    public void Object_IsATreeThatFolds()
    {
        var html = ValueFormatter.Format(new { Name = "a", At = new Point(1, 2), Several = new[] { 1, 2 } }).Forms["text/html"];
        html.Should().Contain("><details open><summary>(anonymous)</summary><table>");
        html.Should().Contain("<details><summary>Point { X: 1, Y: 2 }</summary>");
        html.Should().Contain("[ 1, 2 ]").And.EndWith("</details></div>");
    }

    [Fact]
    public void Table_ScrollsInABoxOfItsOwn_WhichAKeyReaches()
    {
        var html = ValueFormatter.Format(new[] { new { Inner = new[] { new Point(1, 2), new Point(3, 4) } } }).Forms["text/html"];
        html.Should().StartWith("<div style=\"overflow-x:auto\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>").And.EndWith("</table></div>");
        html.Split("<div").Should().HaveCount(2, "the tables within it scroll with it");
    }

    [Theory]
    [InlineData("0.790–0.817", true)]
    [InlineData("10.5 million", true)]
    [InlineData("<null>", true)]
    [InlineData("a sentence that needs more room than a number", false)]
    public void ShortCell_StaysOnOneLine_AndALongOneMayBreak(string text, bool stays) =>
        ValueFormatter.Format(new[] { new { Range = text } }).Forms["text/html"]
            .Contains($"white-space:nowrap\">{System.Net.WebUtility.HtmlEncode(text)}</td>", StringComparison.Ordinal).Should().Be(stays);

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

    private sealed class Moody
    {
        private readonly int _good = 1;

        public int Bad => _good == 0 ? 0 : throw new InvalidOperationException("not now");

        public int Good => _good;
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

    private sealed record Point(int X, double Y);
}
