using AwesomeAssertions;
using CsCheck;
using SingleShot.Data.Yolo;
using Xunit;

namespace SingleShot.Tests.Data.Yolo;

public class SimpleYamlTests
{
    [Theory]
    [InlineData("names: [cat, traffic light]")]
    [InlineData("names: ['cat', \"traffic light\"] # two")]
    [InlineData("names: ['cat',\n        'traffic light'\n       ]\nnc: 2")]
    [InlineData("names: [\ncat,\ntraffic light,\n]")]
    [InlineData("names:\n- cat\n- traffic light\nnc: 2")]
    [InlineData("# classes\n---\nnames:\n\n    - 'cat'\n    # the second\n    - traffic light   # red\n")]
    public void List_IsReadHoweverItIsWritten(string text) => Of(text).List("names").Should().Equal("cat", "traffic light");

    [Theory]
    [InlineData("names:\n  0: cat\n  1: it's no. 1")]
    [InlineData("names: {0: cat, 1: it's no. 1}")]
    [InlineData("names: {0: 'cat', '1': 'it''s no. 1'}")]
    [InlineData("names:\n  0: \"cat\"  # first\n  1: \"it's no. 1\"")]
    [InlineData("\"names\":\n  0: cat\n    deeper: x\n  1: 'it''s no. 1'\ndownload: |\n  import os  # a program\n  x: 1")]
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
    public void AnyText_IsReadWithoutAnError() => Gen.String[Gen.Char["ab:#'\"[]{},- \n\t\\0"], 0, 40].Sample(text =>
    {
        var yaml = Of(text + "\nb: a");
        return yaml.List("a").Count + yaml.Map("a").Count + yaml.List("b").Count >= 0;
    }, iter: 2000, threads: 1);

    private static SimpleYaml Of(string text) => new(text.Split('\n'));
}
