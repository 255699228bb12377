using AwesomeAssertions;
using CsCheck;
using SingleShot.Data.Yolo;
using Xunit;

namespace SingleShot.Tests.Data.Yolo;

public class YamlMapTests
{
    [Theory]
    [InlineData("names: [cat, traffic light]")]
    [InlineData("names: ['cat', \"traffic light\"] # two")]
    [InlineData("names: ['cat',\n        'traffic light'\n       ]\nnc: 2")]
    [InlineData("names: [\ncat,\ntraffic light,\n]")]
    [InlineData("names: [\n  cat,\n  traffic light,\n]")]
    [InlineData("names:\n- cat\n- traffic light\nnc: 2")]
    [InlineData("# classes\n---\nnames:\n\n    - 'cat'\n    # the second\n    - traffic light   # red\n")]
    public void List_IsReadHoweverItIsWritten(string text) => Of(text).List("names").Should().Equal("cat", "traffic light");

    [Theory]
    [InlineData("names:\n  0: cat\n  1: it's no. 1")]
    [InlineData("names: {0: cat, 1: it's no. 1}")]
    [InlineData("names: {0: 'cat', '1': 'it''s no. 1'}")]
    [InlineData("names:\n  0: \"cat\"  # first\n  1: \"it's no. 1\"")]
    [InlineData("\"names\":\n  0: cat\n  1: 'it''s no. 1'\ndownload: |\n  import os  # a program\n  x: 1")]
    public void Map_IsReadHoweverItIsWritten(string text) => Of(text).Map("names").Should().Equal(("0", "cat"), ("1", "it's no. 1"));

    [Theory]
    [InlineData("path: ../data  # here", "../data")]
    [InlineData("path: C:\\data\\my set", "C:\\data\\my set")]
    [InlineData("path: \"a # b\"", "a # b")]
    [InlineData("path: http://somewhere/x#y", "http://somewhere/x#y")]
    [InlineData("path:\n  - a", null)]
    [InlineData("path: [a]", null)]
    [InlineData("other: 1", null)]
    public void Text_IsWhatFollowsTheKey(string text, string? value) => Of(text).Text("path").Should().Be(value);

    [Fact]
    public void AKeyThatComesTwice_HasWhatTheLastOneSays() => Of("path: a\npath: b").Text("path").Should().Be("b");

    [Theory]
    [InlineData("names: [cat, dog", 2, "did not find expected ','")]
    [InlineData("nc: 2\nnames:\n  0: cat\n 1: dog", 4, "did not find expected key")]
    [InlineData("nc: 1\nnames: [ # all\ncat]", 2, "each further line has to be indented")]
    [InlineData("- cat\n- dog", 1, "got 'SequenceStart'")]
    public void WhatIsNoYamlMap_IsRefused_WithItsLineAndTheReason(string text, int line, string reason) =>
        FluentActions.Invoking(() => Of(text)).Should().Throw<InvalidDataException>().Which.Message.Should()
            .StartWith($"data.yaml: line {line}, ").And.Contain(reason).And.EndWith("A data set's file is a YAML map: 'names: [cat, dog]', for instance.");

    [Fact]
    public void AnyText_IsReadOrRefused() => Gen.String[Gen.Char["ab:#'\"[]{},-&*!%@ \n\t\\0"], 0, 40].Sample(text =>
    {
        try
        {
            _ = Of(text + "\nb: a").List("b");
        }
        catch (InvalidDataException e)
        {
            e.Message.Should().StartWith("data.yaml: line ");
        }
    }, iter: 2000, threads: 1);

    [Fact]
    public void TagThatIsNoAddress_IsRefusedByItsLine() => FluentActions.Invoking(() => Of("!!,[,'-'\nb: a"))
        .Should().Throw<InvalidDataException>().WithMessage("data.yaml: line 1, *Global tags must be valid URIs. A data set's file is a YAML map*");

    [Fact]
    public void BracketsAHundredThousandDeep_AreRefused() =>
        FluentActions.Invoking(() => Of("a: " + new string('[', 100_000))).Should().Throw<InvalidDataException>();

    private static YamlMap Of(string text) => YamlMap.Parse("data.yaml", text);
}
