using AwesomeAssertions;
using Workbook.Editing;
using Xunit;

namespace Workbook.Tests.Editing;

public sealed class CellCompletenessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 2")]
    [InlineData("var x = 1;")]
    [InlineData("if (true) { }")]
    [InlineData("int F(int x) => x;")]
    [InlineData("class A { }")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("// a comment")]
    [InlineData("#r \"some.dll\"")]
    [InlineData("#!time\nvar x = 1;")]
    [InlineData("var x = 1;\n#!whos")]
    [InlineData("%time\n1")]
    [InlineData("\"text with { and (\"")]
    [InlineData("nowhere.Known()")]
    [InlineData("var a = 1;\nusing var s = new System.IO.MemoryStream();")]
    public void WhatCanRun_IsComplete(string code) => CellCompleteness.Of(code).Should().Be(new CellCompleteness(CodeState.Complete, ""));

    [Theory]
    [InlineData("1 +", 0)]
    [InlineData("var x = ", 0)]
    [InlineData("var x = 1", 0)]
    [InlineData("if (true) {", 4)]
    [InlineData("if (true)", 0)]
    [InlineData("class A\n{\n    void F()\n    {", 8)]
    [InlineData("Console.WriteLine(", 4)]
    [InlineData("new[] { 1,", 4)]
    [InlineData("/* a comment", 0)]
    [InlineData("var s = \"\"\"\ntext", 0)]
    [InlineData("foreach (var x in new[] { 1 }) {\n    if (x > 0) {\n    }", 4)]
    [InlineData("#if true\nvar x = 1;", 0)]
    [InlineData("using var s = new List<int>(", 4)]
    public void WhatIsNotEnded_IsIncomplete_AndIndented(string code, int blanks) =>
        CellCompleteness.Of(code).Should().Be(new CellCompleteness(CodeState.Incomplete, new string(' ', blanks)));

    [Theory]
    [InlineData("}")]
    [InlineData("var 1x = 2;")]
    [InlineData("class { }")]
    [InlineData("int x = );")]
    public void WhatNoTextCanMend_IsInvalid(string code) => CellCompleteness.Of(code).State.Should().Be(CodeState.Invalid);
}
