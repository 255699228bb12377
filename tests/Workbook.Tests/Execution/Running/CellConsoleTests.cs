using AwesomeAssertions;
using Workbook.Execution.Running;
using Xunit;

namespace Workbook.Tests.Execution.Running;

[Collection(ConsoleCollection.Name)]
public sealed class CellConsoleTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("Console.SetOut(new System.IO.StringWriter());")]
    [InlineData("Console.SetError(new System.IO.StringWriter());")]
    [InlineData("Console.SetOut(System.IO.TextWriter.Null);\nthrow new Exception(\"before it was set back\");")]
    public async Task ConsoleThatACellRedirects_IsTheNextCellsAgain(string code)
    {
        await _cells.Run(code);
        await _cells.Run("Console.Write(\"out \"); Console.Error.Write(\"error\");");
        _cells.Streams.Should().Be("out error");
    }

    [Fact]
    public async Task InputThatACellRedirects_IsTheNextCellsAgain()
    {
        (await _cells.Result("Console.SetIn(new System.IO.StringReader(\"a line\")); Console.ReadLine()")).Should().Be("a line");
        (await _cells.Fails("Console.ReadLine()")).Message.Should().Contain("asks for input");
    }

    [Fact]
    public async Task Redirection_HoldsToTheCellsEnd_AndCanBeEndedBefore()
    {
        const string Code = """
            var (before, text) = (Console.Out, new System.IO.StringWriter());
            Console.SetOut(text);
            Console.Write("caught");
            await Task.Yield();
            Console.Write(", also after an await");
            Console.SetOut(before);
            Console.Write("not caught");
            text.ToString()
            """;
        (await _cells.Result(Code)).Should().Be("caught, also after an await");
        _cells.Streams.Should().Be("not caught");
        (await _cells.Run("Console.SetOut(before); Console.Write(\"the writer that was kept still writes\");")).Should().Be(CellResult.Done);
        _cells.Streams.Should().Be("the writer that was kept still writes");
    }
}
