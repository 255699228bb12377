using AwesomeAssertions;
using CsCheck;
using Workbook.Editing;
using Workbook.Editing.Inspection;
using Workbook.Tests.Execution;
using Xunit;

namespace Workbook.Tests.Editing;

[Collection(ConsoleCollection.Name)]
public sealed class HalfTypedCodeTests(DocumentedNotebook documented) : IClassFixture<DocumentedNotebook>
{
    // What cells are made of, in an order that nobody would write: what is being typed seldom is C# yet.
    private static readonly string[] Parts =
    [
        "box", ".", "Move", "(", ")", "[", "]", "{", "}", "<", ">", ",", ";", "=>", "=", "?", "?.", "new", "new Box", "var", "int x", "\n", " ",
        "words", "row", "Wide", "\"", "$\"{", "\"\"\"", "//", "/*", "#r \"", "\n#!import ", "\n#if true\n", "using ", "class A : ", "record R(",
        "await ", "this", "base", "is ", "switch ", "from q in words select q", "1", "'", "@", ":", "[Obsolete(", "static int F(this int y) ",
        "😀", "where T : ",
    ];

    private static readonly Gen<string> Code = Gen.Int[0, Parts.Length - 1].Array[1, 14]
        .Select(picks => string.Concat(picks.Select(pick => Parts[pick])));

    [Fact]
    public async Task CodeOnWhichTheCompilerFails_HasNothingSaidOfIt() =>
        (await documented.Session.Inspect("[Obsolete(static int F(this int y) <int x|😀where T : static int F(this int y) 1")).Should().BeNull();

    [Fact]
    public void AnyText_IsInspectedAtAnyPlace() => Code.Sample(code =>
    {
        var editor = documented.Session.Editor;
        for (var position = 0; position <= code.EnumerateRunes().Count(); position += 3)
        {
            editor.InspectAsync(code, position, InspectionDetail.Full, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            editor.SignaturesAsync(code, position, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        }
    }, iter: 60, threads: 1);

    [Fact]
    public void AnyText_IsCompletedAtItsEnd_WithinIt() => Code.Sample(code =>
    {
        var length = code.EnumerateRunes().Count();
        var list = documented.Session.Editor.CompleteAsync(code, length, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return 0 <= list.Start && list.Start <= list.End && list.End <= length;
    }, iter: 40, threads: 1);

    [Fact]
    public void AnyText_IsCompleteOrNot() => Code.Sample(code =>
        CellCompleteness.Of(code) is { State: CodeState.Incomplete } or { Indent: "" }, iter: 1000);
}
