using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Execution.Errors;

[Collection(ConsoleCollection.Name)]
public sealed class CellErrorTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("var f = (int x) =>\n    1 / x;\nf(0)", "DivideByZeroException", 2)]
    [InlineData("async Task<int> F(int x)\n{\n    await Task.Yield();\n    return 1 / x;\n}\nawait F(0)", "DivideByZeroException", 4)]
    [InlineData("int Outer()\n{\n    int Local(int x) =>\n        1 / x;\n    return Local(0);\n}\nOuter()", "DivideByZeroException", 4)]
    [InlineData("static class S\n{\n    public static int X =\n        int.Parse(\"a\");\n}\nS.X", "FormatException", 3)]
    [InlineData("static class A { public static int X = B.X; }\nstatic class B { public static int X =\n  int.Parse(\"a\"); }\nA.X", "FormatException", 2)]
    [InlineData("IEnumerable<int> Items()\n{\n    yield return 1;\n    throw new InvalidOperationException(\"x\");\n}\nItems().Count()", "InvalidOperationException", 4)]
    [InlineData("\nEnumerable.Range(0, 3).Select(x =>\n    1 / x).ToList()", "DivideByZeroException", 3)]
    [InlineData("Enumerable.Range(0, 3).Select(x =>\n    1 / x)", "DivideByZeroException", 2)]
    [InlineData("int.Parse(\n\"a\")", "FormatException", 1)]
    [InlineData("#nullable enable\nstring? s = null;\ns!.Length", "NullReferenceException", 3)]
    [InlineData("Task.Run(() =>\n    int.Parse(\"a\")).Wait();", "AggregateException", 2)]
    [InlineData("Task.Run(() =>\n    int.Parse(\"a\"))", "FormatException", 2)]
    [InlineData("ValueTask<int> F() =>\n    ValueTask.FromException<int>(new ArgumentException(\"x\"));\nF()", "ArgumentException", null)]
    public async Task RunTimeError_IsPlacedOnTheCellsOwnLine_WithoutMachinery(string code, string name, int? line)
    {
        var error = await _cells.Fails(code);
        error.Name.Should().Be(name);
        if (line is not null)
        {
            error.Line.Should().Be(line, string.Join('\n', error.Traceback));
        }
        string.Join('\n', error.Traceback).Should().NotContainAny(
            "Microsoft.CodeAnalysis", "Workbook.", "Submission#", "<>c", "b__", "g__", "d__", "ExceptionDispatchInfo", "TaskAwaiter");
    }

    [Fact]
    public async Task Frames_AreNamedAsTheReaderWroteThem()
    {
        const string Code = """
            class Robot
            {
                public async Task Walk() { await Task.Yield(); Step(); }
                void Step() { void Fall() => throw new Exception("down"); Fall(); }
            }
            async Task Go() => await new Robot().Walk();
            await Go();
            """;
        (await _cells.Fails(Code)).Traceback.Should().Equal(
            "System.Exception: down",
            "   at Robot.Fall in cell 1, line 4",
            "   at Robot.Step in cell 1, line 4",
            "   at Robot.Walk in cell 1, line 3",
            "   at Go in cell 1, line 6",
            "   at cell 1, line 7");
    }

    [Fact]
    public async Task ErrorInAFunctionOfAnEarlierCell_NamesBothCells()
    {
        await _cells.Run("\nint Divide(int x) => 1 / x;");
        var error = await _cells.Fails("\n\nDivide(0)");
        error.Line.Should().Be(3);
        error.Traceback.Should().Contain("   at Divide in cell 1, line 2").And.Contain("   at cell 2, line 3");
    }

    [Fact]
    public async Task ErrorInALibrary_NamesItsMethodsAndTheCellsLine()
    {
        _cells.Build("Library", "public class Deep<T> { public static void Fail() => throw new System.InvalidOperationException(\"deep\"); }");
        var error = await _cells.Fails("#r \"Library.dll\"\nDeep<int>.Fail();");
        error.Line.Should().Be(2);
        error.Traceback.Should().Contain(line => line.Contains("Fail"));
    }

    [Fact]
    public async Task EveryCauseOfAnAggregate_IsShown()
    {
        var error = await _cells.Fails("throw new AggregateException(new ArgumentException(\"one\"), new AggregateException(new FormatException(\"two\")));");
        string.Join('\n', error.Traceback).Should().Contain("ArgumentException: one").And.Contain("FormatException: two");
    }

    [Fact]
    public async Task VeryLongMessageAndDeepStack_AreCut_AndSayHowLongTheyWere()
    {
        const string Code = "void Down(int n) { if (n == 0) throw new Exception(new string('a', 5_000_000)); Down(n - 1); }\nDown(500);";
        var error = await _cells.Fails(Code);
        error.Message.Length.Should().BeLessThan(10_000);
        error.Message.Should().EndWith("… (5,000,000 characters)");
        error.Traceback.Should().HaveCountLessThan(60).And.Contain(line => line.Contains("more"));
    }

    [Fact]
    public async Task ExceptionWhoseMessageThrows_IsStillShown()
    {
        var error = await _cells.Fails("class Bad : Exception { public override string Message => throw new Exception(); }\nthrow new Bad();");
        error.Name.Should().Be("Bad");
        error.Line.Should().Be(2);
    }

    [Theory]
    [InlineData("#nullable enable\nstring s = null;\ns", "<null>")]
    [InlineData("#warning careful\nint unused;\n1", "1")]
    [InlineData("[Obsolete] int Old() => 2;\nOld()", "2")]
    public async Task Warnings_AreNoErrors(string code, string plain)
    {
        (await _cells.Result(code)).Should().Be(plain);
        _cells.Outputs.Should().ContainSingle();
    }

    [Theory]
    [InlineData("var a = 1;\nvar b = ;", 2, "(2,9): error CS1525")]
    [InlineData("#r \"unterminated\n1", 1, "CS1010")]
    [InlineData("1\n#if\n2", 2, "CS")]
    [InlineData("#error stop here", 1, "stop here")]
    [InlineData("var s = \"abc;", 1, "CS1010")]
    [InlineData("namespace A { }", 1, "CS7021")]
    [InlineData("await using", 1, "CS")]
    public async Task CompileError_HasItsPlaceCodeAndSource(string code, int line, string words)
    {
        var error = await _cells.Fails(code);
        error.Name.Should().Be("CompilationError");
        error.Line.Should().Be(line);
        error.Message.Should().Contain(words);
        string.Join('\n', error.Traceback).Should().Contain(code.Split('\n')[line - 1]);
    }

    [Fact]
    public async Task ManyErrors_AndVeryLongLines_AreCut()
    {
        var error = await _cells.Fails(string.Join('\n', Enumerable.Repeat("nowhere();", 1000)));
        error.Traceback.Should().HaveCount(61);
        error.Traceback[^1].Should().Be("… and 980 more errors");
        error = await _cells.Fails($"var a = \"{new string('a', 100_000)}\" + nowhere;");
        error.Traceback.Should().AllSatisfy(text => text.Length.Should().BeLessThan(400));
        error.Traceback[1].Should().Contain("nowhere");
        error.Traceback[2].IndexOf('^', StringComparison.Ordinal).Should().Be(error.Traceback[1].IndexOf("nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeeplyNestedExpression_IsAnErrorOfTheCell_NotOfTheKernel()
    {
        (await _cells.Fails($"\nvar x = {new string('(', 20_000)}1{new string(')', 20_000)};")).Line.Should().Be(2);
        await _cells.Result($"var y = {new string('(', 1_900)}1{new string(')', 1_900)}; y");
        (await _cells.Result("1")).Should().Be("1");
    }

    [Fact]
    public async Task CellThatFailedToCompile_LeavesNothing_AndTheNextOneRuns()
    {
        await _cells.Fails("var a = 1; nowhere();");
        (await _cells.Fails("a")).Message.Should().Contain("CS0103");
        (await _cells.Result("var a = 2; a")).Should().Be("2");
    }
}
