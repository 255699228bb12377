using AwesomeAssertions;
using Workbook.Execution.Running;
using Xunit;

namespace Workbook.Tests.Execution.Submissions;

[Collection(ConsoleCollection.Name)]
public sealed class UsingVariablesTests : IDisposable
{
    private const string Door = """
        class Door(string name) : IDisposable, IAsyncDisposable
        {
            public void Dispose() => Console.Write($"{name} closed ");
            public async ValueTask DisposeAsync() { await Task.Yield(); Console.Write($"{name} closed later "); }
        }
        """;

    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Fact]
    public async Task VariableDeclaredByUsing_IsTheNextCellsToo()
    {
        (await _cells.Run("using var stream = new System.IO.MemoryStream();")).Should().Be(CellResult.Done);
        (await _cells.Result("stream.WriteByte(7);\nstream.Length")).Should().Be("1");
    }

    [Fact]
    public async Task DeclaredAnew_IsDisposedOf_BeforeTheCellRuns_AndOnce()
    {
        await _cells.Run(Door);
        await _cells.Run("Console.Write(\"in \");\nusing var door = new Door(\"a\");");
        _cells.Streams.Should().Be("in ");
        await _cells.Run("Console.Write(\"in \");\nusing var door = new Door(\"b\");");
        _cells.Streams.Should().Be("a closed in ");
        await _cells.Run("int door = 5; Console.Write(\"in \");");
        _cells.Streams.Should().Be("b closed in ");
        await _cells.Run("var door = 6;");
        _cells.Streams.Should().BeEmpty();
    }

    [Fact]
    public async Task EveryForm_IsDisposedOf_NewestFirst()
    {
        await _cells.Run(Door);
        await _cells.Run("using Door a = new(\"a\"), b = new Door(\"b\"); using System.IDisposable c = new Door(\"c\");\nawait using var d = new Door(\"d\");");
        await _cells.Run("int a, b, c, d;");
        _cells.Streams.Should().Be("d closed later c closed b closed a closed ");
    }

    [Fact]
    public async Task SessionsEnd_DisposesOfWhatIsLeft_WhateverThatThrows()
    {
        var path = _cells.Folder.File("open");
        await _cells.Run($"using var file = System.IO.File.Create(@\"{path}\");");
        await _cells.Run("class Bad : IDisposable { public void Dispose() => throw new Exception(); }\nusing var bad = new Bad();");
        var open = () => File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        open.Should().Throw<IOException>("the variable holds it");
        _cells.Session.Dispose();
        open.Should().NotThrow();
    }

    [Fact]
    public async Task DisposalThatThrows_IsTheErrorOfTheCellThatDeclaresAnew_Once()
    {
        await _cells.Run("class Bad : IDisposable { public void Dispose() => throw new TimeoutException(\"bad\"); }\nusing var bad = new Bad();");
        (await _cells.Fails("var bad = 1;")).Name.Should().Be("TimeoutException");
        (await _cells.Result("var bad = 2;\nbad")).Should().Be("2");
    }

    [Theory]
    [InlineData("using var x = 5;", "CS1674: 'int' has nothing to dispose of. Declare 'x' without using.")]
    [InlineData("var y = 1;\nusing var s = nowhere;", "(2,15): error CS0103")]
    public async Task WhatDoesNotCompile_HasItsPlaceAndTheReadersOwnText(string code, string words)
    {
        var error = await _cells.Fails(code);
        error.Message.Should().Contain(words);
        error.Traceback[1].Trim().Should().Be(code.Split('\n')[^1]);
    }

    [Theory]
    [InlineData("using System.IO;\nusing static System.Math;\nusing Numbers = System.Collections.Generic.List<int>;\nusing var s = new MemoryStream();\nnew Numbers { Abs(-1) }.Count", "1")]
    [InlineData("void F() { using var s = new System.IO.MemoryStream(); }\nusing (var t = new System.IO.MemoryStream()) { F(); }\n2", "2")]
    [InlineData("var text = \"\"\"\nusing var s = 5;\n\"\"\"; // using var x = 1;\ntext.Length", "16")]
    public async Task OtherUsings_StayWhatTheyAre(string code, string plain) => (await _cells.Result(code)).Should().Be(plain);
}
