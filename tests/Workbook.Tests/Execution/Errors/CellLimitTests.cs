using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Execution.Errors;

/// <summary>What a cell cannot hold, and what it can hold in its place.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class CellLimitTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("public static class Words { public static string Loud(this string s) => s.ToUpperInvariant(); }", "CS1109", "Take this one out of its class")]
    [InlineData("static class Words { extension(string s) { public string Loud() => s.ToUpperInvariant(); } }", "CS9283", "at the cell's top level")]
    [InlineData("extension(string s) { public string Loud() => s.ToUpperInvariant(); }", "CS9283", "this before its first parameter")]
    [InlineData("namespace A { class B { } }", "CS7021", "cannot hold a namespace")]
    [InlineData("namespace A;\nclass B { }", "CS7021", "cannot hold a namespace")]
    [InlineData("file class F { }", "CS9054", "Leave out the word file")]
    [InlineData("yield return 1;", "CS7020", "into a method that returns IEnumerable")]
    [InlineData("this.ToString()", "CS0027", "no this")]
    [InlineData("Span<int> s = stackalloc int[3];", "CS8345", "use an array")]
    [InlineData("var a = new[] { 1 };\nref int r = ref a[0];", "CS1003", "a ref cannot")]
    [InlineData("var x = x + 1;", "CS7019", "choose another name")]
    [InlineData("int x = 1; int x = 2;", "CS0102", "The cell declares x twice.")]
    [InlineData("class A { } class A { }", "CS0102", "The cell declares A twice.")]
    [InlineData("void F() { } void F() { }", "CS0111", "The cell declares F twice, with the same parameters.")]
    [InlineData("using System.Text.RegularExpressions;\npartial class R { [GeneratedRegex(\"a+\")] public static partial Regex A(); }", "CS8795", "new Regex(")]
    [InlineData("using System.Text.RegularExpressions;\npartial class R { [GeneratedRegexAttribute(\"a+\")] static partial Regex A(); }", "CS8796", "new Regex(")]
    [InlineData("partial class R { [System.Text.RegularExpressions.GeneratedRegex(\"a+\")] public static partial System.Text.RegularExpressions.Regex A { get; } }", "CS9248", "new Regex(")]
    [InlineData("[System.Text.RegularExpressions.GeneratedRegex(\"a+\")] static partial System.Text.RegularExpressions.Regex A();", "CS0751", "new Regex(")]
    [InlineData("using System.Text.Json.Serialization;\n[JsonSerializable(typeof(int))] partial class C : JsonSerializerContext { }", "CS0534", "need no context")]
    [InlineData("using System.Runtime.InteropServices;\nstatic partial class N { [LibraryImport(\"c\")] public static partial int getpid(); }", "CS8795", "[DllImport]")]
    [InlineData("partial class P { public partial int X(); }", "CS8795", "No source generator runs")]
    public async Task WhatACellCannotHold_IsRefusedInOneLine_ThatSaysWhatToWrite(string code, string id, string words)
    {
        var error = await _cells.Fails(code);
        error.Message.Should().Contain($"error {id}: ").And.Contain(words);
        error.Traceback.Should().HaveCount(3, "it is one error, with its place");
        error.Line.Should().Be(code.Split('\n').Length == 1 || code.StartsWith("namespace", StringComparison.Ordinal) ? 1 : 2);
    }

    [Fact]
    public async Task UsingAfterOtherCode_SaysWhereItBelongs() =>
        (await _cells.Fails("var a = 1;\nusing System.IO;")).Message.Should().Contain("(2,1): error CS1529: ").And.Contain("the cell's first line");

    [Fact]
    public async Task ExtensionMethodAtTheTopLevel_IsLaterCellsToo()
    {
        await _cells.Run("public static string Loud(this string s) => s.ToUpperInvariant();");
        (await _cells.Result("\"a\".Loud()")).Should().Be("A");
    }

    [Theory]
    [InlineData("class A { int x; int x; }", "The type 'A' already contains a definition for 'x'")]
    [InlineData("abstract class A { public abstract int X(); }\nclass B : A { }", "does not implement inherited abstract member 'A.X()'")]
    public async Task ErrorsOfOtherCode_KeepTheCompilersWords(string code, string words) => (await _cells.Fails(code)).Message.Should().Contain(words);
}
