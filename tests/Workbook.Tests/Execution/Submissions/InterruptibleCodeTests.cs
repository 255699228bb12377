using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Execution.Submissions;

/// <summary>What lets a cell be stopped changes nothing else.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class InterruptibleCodeTests : IDisposable
{
    private const string Awaiter = """
        struct Own : System.Runtime.CompilerServices.INotifyCompletion
        {
            public bool IsCompleted => false;
            public Own GetAwaiter() => this;
            public string GetResult() => "own";
            public void OnCompleted(Action goOn) => goOn();
        }

        """;

    private readonly Cells _cells = new();

    public void Dispose() => _cells.Dispose();

    [Theory]
    [InlineData("await Task.FromResult(1) + await new ValueTask<int>(2)", "3")]
    [InlineData("await await Task.FromResult(Task.Run(() => 3))", "3")]
    [InlineData("(await Task.Run(() => (a: 1, b: 2))).b", "2")]
    [InlineData("dynamic d = Task.Run(() => 4); int four = await d;\nfour", "4")]
    [InlineData("dynamic d = Task.Delay(1); await d;\n4", "4")]
    [InlineData("Func<Task<int>> five = async () => await Task.Run(() => 5).ConfigureAwait(false);\nawait five()", "5")]
    [InlineData("async Task<T> Same<T>(T x) { await Task.Yield(); return await Task.Run(() => x); }\nawait Same(\"x\")", "x")]
    [InlineData(Awaiter + "await new Own()", "own")]
    [InlineData(Awaiter + "async Task<string> F() { return await new Own(); }\nawait F()", "own")]
    [InlineData(
        "static System.Runtime.CompilerServices.TaskAwaiter GetAwaiter(this TimeSpan time) => Task.Delay(time).GetAwaiter();\nawait TimeSpan.Zero;\n6", "6")]
    [InlineData(
        "class Two { public Two GetAsyncEnumerator() => this; public int Current { get; set; } public async Task<bool> MoveNextAsync() => Current++ < 2; }\n"
        + "var sum = 0; await foreach (var i in new Two()) sum += i;\nsum", "3")]
    [InlineData("async IAsyncEnumerable<int> Two() { yield return 1; await Task.Yield(); yield return 2; }\n"
        + "var sum = 0; await foreach (var i in Two()) sum += i; await foreach (var i in Two().ConfigureAwait(false)) sum += i;\nsum", "6")]
    [InlineData("async IAsyncEnumerable<(int, int)> Pairs() { yield return (1, 2); }\nvar sum = 0; await foreach (var (a, b) in Pairs()) sum += a + b;\nsum", "3")]
    [InlineData("class D : IAsyncDisposable { public int Times; public async ValueTask DisposeAsync() { await Task.Yield(); Times++; } }\n"
        + "var d = new D(); await using (d) { }\nawait using (d.ConfigureAwait(false)) { }\nd.Times", "2")]
    [InlineData("int Jump(int n) { switch (n) { case 0: goto case 1; case 1: goto default; default: return n + 7; } }\nJump(0)", "7")]
    public async Task AnyAwaitLoopAndJump_MeansWhatItSays(string code, string plain) => (await _cells.Result(code)).Should().Be(plain);

    [Theory]
    [InlineData("await nowhere;", "(1,7)")]
    [InlineData("int x = await Task.FromResult(\"a\");", "(1,9)")]
    [InlineData("await foreach (var x in nowhere) ;", "(1,25)")]
    [InlineData("async Task F() { await Task.Yield(); nowhere(); }", "(1,38)")]
    [InlineData("await 5;", "CS1061")]
    public async Task CodeThatDoesNotCompile_HasTheReadersOwnColumn(string code, string words) =>
        (await _cells.Fails(code)).Message.Should().Contain(words);

    [Fact]
    public async Task WhatAnAwaitThrows_IsPlacedOnItsLine_WithoutMachinery()
    {
        var error = await _cells.Fails("async Task F()\n{\n    await Task.Yield();\n    throw new TimeoutException(\"late\");\n}\nawait\n    // it\n    F();");
        error.Line.Should().Be(4);
        error.Traceback.Should().Equal("System.TimeoutException: late", "   at F in cell 1, line 4", "   at cell 1, line 6");
    }

    [Fact]
    public async Task AwaitOfNull_IsTheCellsOwnError()
    {
        var error = await _cells.Fails("Task none = null;\nawait none;");
        error.Name.Should().Be("NullReferenceException");
        error.Line.Should().Be(2);
    }

    [Fact]
    public async Task AfterAnAwait_DeepRecursionHasTheRoomThatItHadBefore()
    {
        await _cells.Run("int Down(int n) => n == 0 ? 0 : 1 + Down(n - 1);");
        (await _cells.Result("Down(100_000)")).Should().Be("100000");
        (await _cells.Result("await Task.Delay(1); Down(100_000)")).Should().Be("100000");
    }
}
