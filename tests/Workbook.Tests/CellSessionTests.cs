using AwesomeAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Execution;
using Workbook.Notebooks;
using Xunit;

namespace Workbook.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class CellSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CellSession _session;
    private readonly List<CellOutput> _outputs = [];

    public CellSessionTests() => _session = new CellSession(_folder.Path);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("1.5", "1.5")]
    [InlineData("\"text\"", "text")]
    [InlineData("(object)null", "<null>")]
    [InlineData("await Task.FromResult(4)", "4")]
    [InlineData("new[] { 1, 2 }", "[ 1, 2 ]")]
    [InlineData("Task.Run(() => 4)", "4")]
    [InlineData("async ValueTask<string> F() { await Task.Yield(); return null; }\nF()", "<null>")]
    public async Task LastExpressionWithoutSemicolon_IsTheResult(string code, string plain) => (await Result(code)).Should().Be(plain);

    [Theory]
    [InlineData("var x = 1;")]
    [InlineData("void F() { }\nF()")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("Task.Delay(1)")]
    [InlineData("async Task F() { await Task.Yield(); }\nF()")]
    [InlineData("new ValueTask()")]
    [InlineData("// nothing")]
    public async Task CodeWithoutValue_HasNoOutput(string code)
    {
        (await Run(code)).Should().Be(CellResult.Done);
        _outputs.Should().BeEmpty();
    }

    [Fact]
    public async Task VariableAndTypeDeclaredAgain_NewestWins()
    {
        await Run("var x = 1; record A(int N);");
        await Run("var x = \"two\"; record A(string S);");
        (await Result("new A(x).S")).Should().Be("two");
    }

    [Fact]
    public async Task Exception_KeepsWhatRanBefore()
    {
        await Run("var kept = 0;");
        (await Run("kept = 7;\nthrow new InvalidOperationException(\"stop\");")).Should().Be(CellResult.Failed);
        (await Result("kept")).Should().Be("7");
    }

    [Fact]
    public async Task Exception_NamesTheCellsOwnLine_WithoutMachinery()
    {
        await Run("int Divide(int x)\n{\n    return 1 / x;\n}\n\nDivide(0)");
        var error = _outputs.OfType<ErrorOutput>().Single();
        error.Name.Should().Be("DivideByZeroException");
        error.Line.Should().Be(3);
        string.Join('\n', error.Traceback).Should().NotContain("Microsoft.CodeAnalysis").And.Contain("line 6");
    }

    [Fact]
    public async Task CompileError_HasLineColumnCodeAndSource()
    {
        (await Run("var x = 1;\nvar y = nowhere;")).Should().Be(CellResult.Failed);
        var error = _outputs.OfType<ErrorOutput>().Single();
        error.Line.Should().Be(2);
        error.Message.Should().Contain("(2,9)").And.Contain("CS0103");
        error.Traceback.Should().Contain(line => line.Contains("var y = nowhere;"));
    }

    [Theory]
    [InlineData("#!share x")]
    [InlineData("%time")]
    public async Task UnknownMagic_IsAPlainSentence(string code)
    {
        (await Run(code)).Should().Be(CellResult.Failed);
        _outputs.OfType<ErrorOutput>().Single().Message.Should().Contain(code.Split(' ')[0]);
    }

    [Fact]
    public async Task HashBangInsideText_IsText() => (await Result("\"\"\"\n#!share\n\"\"\"")).Should().Be("#!share");

    [Fact]
    public async Task Import_RunsAFileAndANotebook()
    {
        _folder.Write("a.cs", "int A() => 1;");
        _folder.Notebook("b.ipynb", "var b = 2;");
        (await Result("#!import a.cs\n#!import \"b.ipynb\"\nA() + b")).Should().Be("3");
    }

    [Fact]
    public async Task RelativeReference_ResolvesInTheFolder_OnceForAllCells()
    {
        var inner = Compile("Inner", "public class Inner { public static int Count = 1; }");
        Compile("Outer", "public class Outer { public static Inner Inner = new(); public static int Next() => Inner.Count++; }", inner);
        await Run("#r \"Outer.dll\"\nOuter.Next();");
        (await Result("#r \"Inner.dll\"\nOuter.Next(); Inner.Count + \" \" + (Outer.Inner is Inner)")).Should().Be("3 True");
    }

    [Fact]
    public async Task ConsoleAndDisplays_ComeInOrder()
    {
        await Run("Console.Write(\"a\"); display(1); Console.Error.Write(\"b\"); 2.Display(); 3");
        _outputs.Select(one => one.GetType().Name).Should()
            .Equal("StreamOutput", "DisplayOutput", "StreamOutput", "DisplayOutput", "ResultOutput");
    }

    [Fact]
    public async Task Update_ReplacesTheStoredOutputInPlace()
    {
        await Run("var d = display(1); Console.Write(\"a\"); d.Update(2);");
        var stored = Stored();
        stored.Should().HaveCount(2);
        stored[0]["data"]!["text/plain"]![0]!.GetValue<string>().Should().Be("2");
    }

    [Fact]
    public async Task CarriageReturn_KeepsTheLastStateOfTheLine()
    {
        await Run("Console.Write(\"step 1\\r\"); Console.Write(\"step 2\\nend\");");
        var text = NotebookText.FromJson(Stored().Single()["text"]);
        text.Should().Be("step 2\nend");
    }

    [Fact]
    public async Task EndlessRecursion_IsAnExceptionOfTheCell_AndTheSessionGoesOn()
    {
        (await Run("int Down(int n) => 1 + Down(n + 1);\nDown(0)")).Should().Be(CellResult.Failed);
        _outputs.OfType<ErrorOutput>().Single().Name.Should().Be("InsufficientExecutionStackException");
        (await Result("1")).Should().Be("1");
    }

    [Fact]
    public async Task OneLineLoopThatDoesNotCompile_HasTheReadersOwnColumn()
    {
        await Run("while (true) nowhere();");
        _outputs.OfType<ErrorOutput>().Single().Message.Should().Contain("(1,14)");
    }

    [Fact]
    public async Task Evaluation_SeesTheCells_AndLeavesNothing()
    {
        await Run("var x = 2;");
        var host = new UnattendedHost(_outputs.Add);
        (await _session.EvaluateAsync("x * 21", host)).Should().Be(CellResult.Done);
        (await _session.EvaluateAsync("var y = 1;", host)).Should().Be(CellResult.Done);
        _outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("42");
        (await Run("y")).Should().Be(CellResult.Failed);
        (await Result("x")).Should().Be("2");
    }

    [Fact]
    public async Task UsingsAlone_CountForLaterCells()
    {
        await Run("using System.Globalization;");
        await Run("var x = 1;");
        (await Result("CultureInfo.InvariantCulture.Name.Length + x")).Should().Be("1");
    }

    private PortableExecutableReference Compile(string name, string code, params MetadataReference[] references)
    {
        var path = _folder.File($"{name}.dll");
        CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)],
            [.. references, MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path).Success.Should().BeTrue();
        return MetadataReference.CreateFromFile(path);
    }

    private Task<CellResult> Run(string code) => _session.RunAsync(code, "cell 1", new UnattendedHost(_outputs.Add));

    private async Task<string> Result(string code)
    {
        (await Run(code)).Should().Be(CellResult.Done, string.Join('\n', _outputs));
        return _outputs.OfType<ResultOutput>().Last().Data.PlainText;
    }

    private List<System.Text.Json.Nodes.JsonObject> Stored()
    {
        var collector = new OutputCollector(1, []);
        _outputs.ForEach(collector.Add);
        return [.. collector.Outputs];
    }
}
