using System.Text.RegularExpressions;
using AwesomeAssertions;
using CsCheck;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Workbook.Execution.Running;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.Submissions;

/// <summary>What no later cell can reach is let go, and nothing else is.</summary>
[Collection(ConsoleCollection.Name)]
public sealed partial class ReachableCellsTests : IDisposable
{
    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Fact]
    public async Task VariableDeclaredAgain_LetsGoOfItsFirstValue()
    {
        await Remember("var data = new byte[1000];");
        await Rerun("data = null;", times: 1);
        (await IsKept()).Should().Be("False", "the variable itself was emptied");

        await Remember("var data = new byte[1000];");
        (await IsKept()).Should().Be("True", "the variable holds it");
        await _cells.Run("var data = new byte[1000];");
        (await IsKept()).Should().Be("False", "no cell can reach it");
    }

    [Fact]
    public async Task CellsThatAreRunAgainInTurn_KeepTheNewestValuesAlone()
    {
        await Remember("var data = new byte[1000];");
        await _cells.Run("var sum = data.Length;");
        await _cells.Run("var data = new byte[2000];");
        (await IsKept()).Should().Be("True", "the sum's cell was written over the first data, and stands on it");
        await _cells.Run("var sum = data.Length;");

        (await IsKept()).Should().Be("False");
        (await _cells.Result("sum")).Should().Be("2000");
    }

    [Theory]
    [InlineData("int Size() => data.Length;", "Size()", "1000")]
    [InlineData("Func<int> size = () => data.Length;", "size()", "1000")]
    [InlineData("class Size { public static int Of<T>(T[] data) => data.Length; }\nvar copy = data;", "Size.Of(copy)", "1000")]
    [InlineData("var pair = new { data };", "pair.data.Length", "1000")]
    public async Task ValueThatCodeStillUses_StaysThroughManyCells(string use, string asked, string answer)
    {
        await _cells.Run("var data = new byte[1000];");
        await _cells.Run(use);
        await Rerun("var data = \"another\"; data", times: 50);

        (await _cells.Result(asked)).Should().Be(answer);
        (await _cells.Result("data")).Should().Be("another");
    }

    [Fact]
    public async Task UsingsAndReferences_StayThroughManyCells()
    {
        var library = _cells.Build("lib", "public static class Answer { public static int Value => 42; }");
        await _cells.Run("using System.Globalization;");
        await _cells.Run($"#r \"{library}\"");
        await Rerun("var x = 1; x", times: 50);

        (await _cells.Result("Answer.Value.ToString(CultureInfo.InvariantCulture)")).Should().Be("42");
    }

    [Fact]
    public async Task AThousandCells_TakeTheMemoryOfTheFirstHundred()
    {
        await Rerun("var x = 1; x + 1", times: 100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Rerun("var x = 1; x + 1", times: 900);

        // A chain of submissions keeps about 55 kilobytes of each.
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(900 * 10_000);
    }

    [Fact]
    public void AnyCells_GiveWhatTheScriptingEngineGives_WhichLetsGoOfNothing()
    {
        var name = Gen.Int[0, 3].Select(i => "abcd"[i]);
        var number = Gen.Int[0, 9];
        var variable = Gen.Frequency(
            (4, Gen.Select(name, number, (n, k) => $"var {n} = {k};")),
            (2, Gen.Select(name, number, (n, k) => $"string {n} = \"text {k}\"; throw new Exception();")),
            (2, Gen.Select(name, number, (n, k) => $"int.TryParse(\"{k}\", out var {n});")),
            (3, Gen.Select(name, name, (n, m) => $"var {n} = new[] {{ {m} }};")),
            (2, Gen.Select(name, number, (n, k) => $"Func<string> f{k} = () => $\"{{{n}}}\";")));
        var used = Gen.Frequency(
            (1, name.Select(n => $"{n} = default;")),
            (3, Gen.Select(name, name, (n, m) => $"$\"{{{n}}} {{{m}}} {{{n}.GetType().IsArray}}\"")),
            (1, number.Select(k => $"f{k}()")),
            (1, number.Select(k => $"M{k}()")));
        var code = Gen.OneOf(
            Gen.Select(name, number, (n, k) => $"string M{k}() => $\"{{{n}}}\";"),
            Gen.Select(name, number, (n, k) => $"record R{k}(int N); var {n} = new R{k}({k});"),
            Gen.Const("using System.Globalization;"));
        var unnamed = Gen.OneOf(
            Gen.Select(name, number, (n, k) => $"var {n} = new {{ A = {k} }};"),
            Gen.Select(name, number, (n, k) => $"var {n} = (ref int x) => x + {k};"));
        // One of the last two kinds keeps the cells before it as they are, so they are few, or none.
        var cells = Gen.OneOf(
            Gen.Frequency((12, variable), (8, used), (1, code)).Array[120],
            Gen.Frequency((24, variable), (16, used), (1, code), (1, unnamed)).Array[120]);
        cells.Sample(cells => OfSession(cells).Select(Named).Should().Equal(OfScripting(cells).Select(Named)), iter: 12, threads: 1);
    }

    // The compiler's name of an anonymous type has in it which of the cells that are kept made it.
    private static string Named(string text) => AnonymousType().Replace(text, "type");

    [GeneratedRegex(@"AnonymousType\d+#\d+")]
    private static partial Regex AnonymousType();

    /// <summary>Runs a cell whose <c>data</c> only a weak reference outside the session's variables then tells of.</summary>
    private async Task Remember(string code)
    {
        await _cells.Run(code);
        await _cells.Run("AppContext.SetData(\"remembered\", new WeakReference(data));");
    }

    private Task<string> IsKept() => _cells.Result("GC.Collect(); ((WeakReference)AppContext.GetData(\"remembered\")).IsAlive");

    private async Task Rerun(string code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _cells.Run(code);
        }
    }

    private static List<string> OfSession(string[] cells)
    {
        using var session = new Cells();
        return [.. cells.Select(cell => session.Run(cell).GetAwaiter().GetResult() == CellResult.Done
            ? session.Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data.PlainText ?? ""
            : "failed")];
    }

    private static List<string> OfScripting(string[] cells)
    {
        var options = ScriptOptions.Default.WithImports("System").WithReferences(typeof(object).Assembly);
        var state = CSharpScript.RunAsync("", options).GetAwaiter().GetResult();
        var values = new List<string>();
        foreach (var cell in cells)
        {
            try
            {
                state = state.ContinueWithAsync(cell, catchException: _ => true).GetAwaiter().GetResult();
                values.Add(state.Exception is null ? state.ReturnValue as string ?? "" : "failed");
            }
            catch (CompilationErrorException)
            {
                values.Add("failed");
            }
        }
        return values;
    }
}
