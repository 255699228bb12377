using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Execution.Running;
using Workbook.Notebooks;
using Workbook.Outputs;
using Workbook.Tests.Notebooks;
using Xunit;

namespace Workbook.Tests.Execution;

[Collection(ConsoleCollection.Name)]
public sealed class CellSessionTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("1.5", "1.5")]
    [InlineData("\"text\"", "text")]
    [InlineData("(object)null", "<null>")]
    [InlineData("await Task.FromResult(4)", "4")]
    [InlineData("new[] { 1, 2 }", "[ 1, 2 ]")]
    [InlineData("Task.Run(() => 4)", "4")]
    [InlineData("async ValueTask<string> F() { await Task.Yield(); return null; }\nF()", "<null>")]
    [InlineData("return 5;", "5")]
    [InlineData("if (Environment.ProcessorCount > 0) { return \"early\"; }\nConsole.WriteLine(\"late\");", "early")]
    [InlineData("foreach (var x in new[] { 1, 2 }) if (x == 2) return x;\nvoid F() { }\nF()", "2")]
    [InlineData("if (Environment.ProcessorCount > 0) return await Task.FromResult(6);\n7", "6")]
    public async Task LastExpressionWithoutSemicolon_IsTheResult(string code, string plain) => (await _cells.Result(code)).Should().Be(plain);

    [Theory]
    [InlineData("var x = 1;")]
    [InlineData("void F() { }\nF()")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("Task.Delay(1)")]
    [InlineData("async Task F() { await Task.Yield(); }\nF()")]
    [InlineData("new ValueTask()")]
    [InlineData("if (Environment.ProcessorCount < 0) { return \"never\"; }\nvar x = 1;")]
    [InlineData("int F() { return 1; }\nF();")]
    [InlineData("// nothing")]
    public async Task CodeWithoutValue_HasNoOutput(string code)
    {
        (await _cells.Run(code)).Should().Be(CellResult.Done);
        _cells.Outputs.Should().BeEmpty();
    }

    [Fact]
    public async Task VariableAndTypeDeclaredAgain_NewestWins()
    {
        await _cells.Run("var x = 1; record A(int N);");
        await _cells.Run("var x = \"two\"; record A(string S);");
        (await _cells.Result("new A(x).S")).Should().Be("two");
    }

    [Fact]
    public async Task Exception_KeepsWhatRanBefore()
    {
        await _cells.Run("var kept = 0;");
        (await _cells.Run("kept = 7;\nthrow new InvalidOperationException(\"stop\");")).Should().Be(CellResult.Failed);
        (await _cells.Result("kept")).Should().Be("7");
    }

    [Fact]
    public async Task Exception_NamesTheCellsOwnLine_WithoutMachinery()
    {
        await _cells.Run("int Divide(int x)\n{\n    return 1 / x;\n}\n\nDivide(0)");
        var error = _cells.Error;
        error.Name.Should().Be("DivideByZeroException");
        error.Line.Should().Be(3);
        string.Join('\n', error.Traceback).Should().NotContain("Microsoft.CodeAnalysis").And.Contain("line 6");
    }

    [Fact]
    public async Task CompileError_HasLineColumnCodeAndSource()
    {
        (await _cells.Run("var x = 1;\nvar y = nowhere;")).Should().Be(CellResult.Failed);
        var error = _cells.Error;
        error.Line.Should().Be(2);
        error.Message.Should().Contain("(2,9)").And.Contain("CS0103");
        error.Traceback.Should().Contain(line => line.Contains("var y = nowhere;"));
    }

    [Theory]
    [InlineData("#!share x")]
    [InlineData("%time")]
    public async Task UnknownMagic_IsAPlainSentence(string code)
    {
        (await _cells.Run(code)).Should().Be(CellResult.Failed);
        _cells.Error.Message.Should().Contain(code.Split(' ')[0]);
    }

    [Fact]
    public async Task HashBangInsideText_IsText() => (await _cells.Result("\"\"\"\n#!share\n\"\"\"")).Should().Be("#!share");

    [Fact]
    public async Task Import_RunsAFileAndANotebook()
    {
        _cells.Folder.Write("int A() => 1;", "a.cs");
        _cells.Folder.Notebook("b.ipynb", "var b = 2;");
        (await _cells.Result("#!import a.cs\n#!import \"b.ipynb\"\nA() + b")).Should().Be("3");
    }

    [Fact]
    public async Task RelativeReference_ResolvesInTheFolder_OnceForAllCells()
    {
        var inner = _cells.Build("Inner", "public class Inner { public static int Count = 1; }");
        _cells.Build("Outer", "public class Outer { public static Inner Inner = new(); public static int Next() => Inner.Count++; }", inner);
        await _cells.Run("#r \"Outer.dll\"\nOuter.Next();");
        (await _cells.Result("#r \"Inner.dll\"\nOuter.Next(); Inner.Count + \" \" + (Outer.Inner is Inner)")).Should().Be("3 True");
    }

    [Fact]
    public async Task ConsoleAndDisplays_ComeInOrder()
    {
        await _cells.Run("Console.Write(\"a\"); display(1); Console.Error.Write(\"b\"); 2.Display(); 3");
        _cells.Outputs.Select(one => one.GetType().Name).Should()
            .Equal("StreamOutput", "DisplayOutput", "StreamOutput", "DisplayOutput", "ResultOutput");
    }

    [Theory]
    [InlineData("display(1)", "DisplayOutput")]
    [InlineData("1.Display()", "DisplayOutput")]
    [InlineData("var d = display(1);\nd.Update(2);\nd", "DisplayOutput DisplayUpdate")]
    [InlineData("Task.Run(() => display(1))", "DisplayOutput")]
    public async Task DisplayAtTheEnd_ShowsTheValueAlone(string code, string outputs)
    {
        (await _cells.Run(code)).Should().Be(CellResult.Done);
        string.Join(' ', _cells.Outputs.Select(one => one.GetType().Name)).Should().Be(outputs);
    }

    [Fact]
    public async Task Update_ReplacesTheStoredOutputInPlace()
    {
        await _cells.Run("var d = display(1); Console.Write(\"a\"); d.Update(2);");
        var stored = Stored();
        stored.Should().HaveCount(2);
        stored[0]["data"]!["text/plain"]![0]!.GetValue<string>().Should().Be("2");
    }

    [Fact]
    public async Task CarriageReturn_KeepsTheLastStateOfTheLine()
    {
        await _cells.Run("Console.Write(\"step 1\\r\"); Console.Write(\"step 2\\nend\");");
        var text = NotebookText.FromJson(Stored().Single()["text"]);
        text.Should().Be("step 2\nend");
    }

    [Fact]
    public async Task EndlessRecursion_IsAnExceptionOfTheCell_AndTheSessionGoesOn()
    {
        (await _cells.Run("int Down(int n) => 1 + Down(n + 1);\nDown(0)")).Should().Be(CellResult.Failed);
        _cells.Error.Name.Should().Be("InsufficientExecutionStackException");
        (await _cells.Result("1")).Should().Be("1");
    }

    [Fact]
    public async Task OneLineLoopThatDoesNotCompile_HasTheReadersOwnColumn()
    {
        await _cells.Run("while (true) nowhere();");
        _cells.Error.Message.Should().Contain("(1,14)");
    }

    [Fact]
    public async Task Evaluation_SeesTheCells_AndLeavesNothing()
    {
        await _cells.Run("var x = 2;");
        var host = new UnattendedHost(_cells.Outputs.Add);
        (await _cells.Session.EvaluateAsync("x * 21", host)).Should().Be(CellResult.Done);
        (await _cells.Session.EvaluateAsync("var y = 1;", host)).Should().Be(CellResult.Done);
        _cells.Outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("42");
        (await _cells.Run("y")).Should().Be(CellResult.Failed);
        (await _cells.Result("x")).Should().Be("2");
    }

    [Fact]
    public async Task UsingsAlone_CountForLaterCells()
    {
        await _cells.Run("using System.Globalization;");
        await _cells.Run("var x = 1;");
        (await _cells.Result("CultureInfo.InvariantCulture.Name.Length + x")).Should().Be("1");
    }

    private List<JsonObject> Stored()
    {
        var collector = new OutputCollector(1, []);
        _cells.Outputs.ForEach(collector.Add);
        return [.. collector.Outputs];
    }
}
