using AwesomeAssertions;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Outputs;
using Xunit;

namespace Workbook.Tests.Execution.Running;

[Collection(ConsoleCollection.Name)]
public sealed class InterruptionTests : IDisposable
{
    // Each test says which step it is about: what is never to come is put off, and what is to come is not waited for.
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan Never = LastResort.Limit;
    private static readonly StopTimeouts ForceAtOnce = new(AtOnce, Never);

    private readonly TemporaryFolder _folder = new();
    private readonly List<CellOutput> _outputs = [];
    private readonly TaskCompletionSource _off = new();
    private CellSession? _session;

    public void Dispose()
    {
        _session?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("On(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("On(); while (true) { }")]
    [InlineData("On(); while (true) try { throw new Exception(); } catch { }")]
    [InlineData("On(); for (;;) await Task.Yield();")]
    [InlineData("On(); do ; while (true);")]
    [InlineData("IEnumerable<int> All() { for (var i = 0; ; i++) yield return i; }\nOn(); foreach (var i in All()) ;")]
    [InlineData("Task.Run(() => { On(); while (true) { } }).Wait();")]
    [InlineData("On(); new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("On(); again: goto again;")]
    [InlineData("On(); Task.Delay(-1).Wait();")]
    [InlineData("On(); new TaskCompletionSource<int>().Task.Result")]
    [InlineData("On(); await Task.Delay(-1);")]
    [InlineData("On(); await Task.Delay(-1).ConfigureAwait(false);")]
    [InlineData("On(); await new ValueTask(Task.Delay(-1));")]
    [InlineData("On(); await new ValueTask(Task.Delay(-1)).ConfigureAwait(false);")]
    [InlineData("On(); var x = await new TaskCompletionSource<int>().Task;")]
    [InlineData("On(); await new TaskCompletionSource<int>().Task.ConfigureAwait(false)")]
    [InlineData("On(); await new ValueTask<int>(new TaskCompletionSource<int>().Task)")]
    [InlineData("On(); await new ValueTask<int>(new TaskCompletionSource<int>().Task).ConfigureAwait(false)")]
    [InlineData("On(); dynamic never = Task.Delay(-1); await never;")]
    [InlineData("On(); new TaskCompletionSource<int>().Task")]
    [InlineData("On(); await foreach (var i in System.Threading.Channels.Channel.CreateUnbounded<int>().Reader.ReadAllAsync()) ;")]
    [InlineData("On(); await foreach (var i in System.Threading.Channels.Channel.CreateUnbounded<int>().Reader.ReadAllAsync().WithCancellation(default)) ;")]
    [InlineData("async Task F() { On(); await Task.Delay(-1); }\nawait Task.WhenAll(F(), F());")]
    [InlineData("Func<Task> f = async () => { On(); try { await Task.Delay(-1); } catch (TimeoutException) { } };\nf().Wait();")]
    [InlineData("await Task.Delay(1); On(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Yield(); await Task.Run(() => 1); On(); Task.Delay(-1).Wait();")]
    [InlineData("On(); await Task.Run(() => System.Threading.Thread.Sleep(-1));")]
    public async Task LoopOrWaitThatDoesNotListen_IsBrokenOff_AndTheSessionGoesOn(string code)
    {
        (await Interrupted($"var kept = 7; void On() => Console.WriteLine(\"on\");\n{code}", ForceAtOnce)).Should().Be(CellResult.Stopped);
        _outputs.OfType<ErrorOutput>().Last().Name.Should().Be(ErrorOutput.Interrupted);
        (await Next("kept")).Should().Be(CellResult.Done);
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
            """, new StopTimeouts(Never, Never))).Should().Be(CellResult.Stopped);
        _outputs.OfType<StreamOutput>().Last().Text.Should().Be("stopped after 3 steps\n");
    }

    [Fact]
    public async Task AwaitThatIsBrokenOff_RunsWhatIsToRunAtItsEnd()
    {
        (await Interrupted("try { Console.WriteLine(\"on\"); await Task.Delay(-1); } finally { Console.WriteLine(\"cleaned up\"); }", ForceAtOnce))
            .Should().Be(CellResult.Stopped);
        _outputs.OfType<StreamOutput>().Last().Text.Should().Be("cleaned up\n");
    }

    [Fact]
    public async Task LoopThatTheCellAwaits_EndsToo()
    {
        (await Interrupted(
            "await Task.Run(() => { try { Console.WriteLine(\"on\"); while (true) System.Threading.Thread.Yield(); } finally { Console.WriteLine(\"off\"); } });",
            ForceAtOnce)).Should().Be(CellResult.Stopped);
        await _off.Task.WaitAsync(LastResort.Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task CellThatCannotBeStopped_IsLeftRunning_AndSaysSo()
    {
        const string Code = """
            class Never : System.Runtime.CompilerServices.INotifyCompletion
            {
                public bool IsCompleted => false;
                public Never GetAwaiter() => this;
                public void GetResult() { }
                public void OnCompleted(Action goOn) { }
            }
            Console.WriteLine("on");
            await new Never();
            """;
        (await Interrupted(Code, new StopTimeouts(AtOnce, AtOnce))).Should().Be(CellResult.LeftRunning);
        _outputs.OfType<ErrorOutput>().Single().Message.Should().Contain("Restart the kernel");
        (await Next("1")).Should().Be(CellResult.Done);
    }

    [Fact]
    public async Task NextCell_HasATokenOfItsOwn()
    {
        await Interrupted("Console.WriteLine(\"on\"); while (true) { }", ForceAtOnce);
        (await Next("((System.Threading.CancellationToken)AppContext.GetData(\"Notebook.Interrupt\")).IsCancellationRequested")).Should().Be(CellResult.Done);
        _outputs.OfType<ResultOutput>().Single().Data.PlainText.Should().Be("False");
    }

    [Fact]
    public async Task OutputAfterTheCellsEnd_ReachesThatCell()
    {
        var (first, second) = (new List<CellOutput>(), new List<CellOutput>());
        var late = new TaskCompletionSource();
        _session = new CellSession(_folder.Path);
        await _session.RunAsync(
            "var go = new TaskCompletionSource(); var _ = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });", "cell 1",
            new UnattendedHost(output =>
            {
                first.Add(output);
                late.SetResult();
            }));
        await _session.RunAsync("go.SetResult();", "cell 2", new UnattendedHost(second.Add));
        await late.Task.WaitAsync(LastResort.Limit, TestContext.Current.CancellationToken);
        first.Should().Equal(new StreamOutput("stdout", "late"));
        second.Should().BeEmpty();
    }

    private async Task<CellResult> Interrupted(string code, StopTimeouts timeouts)
    {
        _session = new CellSession(_folder.Path, timeouts);
        using var stop = new CancellationTokenSource();
        return await _session.RunAsync(code, "cell 1", new UnattendedHost(output =>
        {
            _outputs.Add(output);
            if (output is StreamOutput { Text: "on\n" })
            {
                stop.Cancel();
            }
            if (output is StreamOutput { Text: "off\n" })
            {
                _off.SetResult();
            }
        }), stop.Token);
    }

    private Task<CellResult> Next(string code) => _session!.RunAsync(code, "cell 2", new UnattendedHost(_outputs.Add));
}
