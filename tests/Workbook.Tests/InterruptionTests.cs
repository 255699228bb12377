using AwesomeAssertions;
using Workbook.Execution;
using Xunit;

namespace Workbook.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CellSession _session;
    private readonly List<CellOutput> _outputs = [];

    public InterruptionTests() =>
        _session = new CellSession(_folder.Path, new Patience(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.5)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(60000);")]
    [InlineData("while (true) { }")]
    [InlineData("while (true) try { throw new Exception(); } catch { }")]
    [InlineData("for (;;) await Task.Yield();")]
    [InlineData("do ; while (true);")]
    [InlineData("IEnumerable<int> All() { for (var i = 0; ; i++) yield return i; }\nforeach (var i in All()) ;")]
    [InlineData("Task.Run(() => { while (true) { } }).Wait();")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    public async Task LoopOrWaitThatDoesNotListen_IsBrokenOff_AndTheSessionGoesOn(string code)
    {
        (await Interrupted($"var kept = 7; Console.WriteLine(\"on\");\n{code}")).Should().Be(CellResult.Stopped);
        _outputs.OfType<ErrorOutput>().Last().Name.Should().Be(ErrorOutput.Interrupted);
        (await _session.RunAsync("kept", "cell 2", new UnattendedHost(_outputs.Add))).Should().Be(CellResult.Done);
        _outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("7");
    }

    [Fact]
    public async Task CodeThatReadsTheToken_EndsInItsOwnTime_WithItsLastWords()
    {
        (await Interrupted(
            """
            var token = (System.Threading.CancellationToken)AppContext.GetData("Notebook.Interrupt");
            Console.WriteLine("on");
            try { await Task.Delay(-1, token); } catch (OperationCanceledException) { }
            Console.WriteLine("stopped after " + 3 + " steps");
            """)).Should().Be(CellResult.Stopped);
        _outputs.OfType<StreamOutput>().Last().Text.Should().Be("stopped after 3 steps\n");
    }

    [Fact]
    public async Task CellThatCannotBeStopped_IsLeftRunning_AndSaysSo()
    {
        (await Interrupted("Console.WriteLine(\"on\"); await new TaskCompletionSource().Task;")).Should().Be(CellResult.LeftRunning);
        _outputs.OfType<ErrorOutput>().Single().Message.Should().Contain("Restart the kernel");
        (await _session.RunAsync("1", "cell 2", new UnattendedHost(_outputs.Add))).Should().Be(CellResult.Done);
    }

    [Fact]
    public async Task NextCell_HasATokenOfItsOwn()
    {
        await Interrupted("Console.WriteLine(\"on\"); while (true) { }");
        (await _session.RunAsync(
            "((System.Threading.CancellationToken)AppContext.GetData(\"Notebook.Interrupt\")).IsCancellationRequested", "cell 2",
            new UnattendedHost(_outputs.Add))).Should().Be(CellResult.Done);
        _outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("False");
    }

    [Fact]
    public async Task OutputAfterTheCellsEnd_ReachesThatCell()
    {
        var (first, second) = (new List<CellOutput>(), new List<CellOutput>());
        var late = new TaskCompletionSource();
        await _session.RunAsync(
            "var go = new TaskCompletionSource(); var _ = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });", "cell 1",
            new UnattendedHost(output =>
            {
                first.Add(output);
                late.SetResult();
            }));
        await _session.RunAsync("go.SetResult();", "cell 2", new UnattendedHost(second.Add));
        await late.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        first.Should().Equal(new StreamOutput("stdout", "late"));
        second.Should().BeEmpty();
    }

    private async Task<CellResult> Interrupted(string code)
    {
        using var stop = new CancellationTokenSource();
        return await _session.RunAsync(code, "cell 1", new UnattendedHost(output =>
        {
            _outputs.Add(output);
            if (output is StreamOutput { Text: "on\n" })
            {
                stop.Cancel();
            }
        }), stop.Token);
    }
}
