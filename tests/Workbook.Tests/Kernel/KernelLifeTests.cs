using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Kernel;

public sealed class KernelLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KernelProcess _process;
    private readonly KernelClient _client;

    public KernelLifeTests()
    {
        _process = new KernelProcess(_folder.Path);
        _client = new KernelClient(_process);
        _client.WaitUntilReady();
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Shutdown_IsAnswered_AndEndsTheProcessInOrder()
    {
        var answer = _client.Reply(_client.Send("shutdown_request", new JsonObject { ["restart"] = true }, control: true), control: true);
        ((bool)answer.Content["restart"]!).Should().BeTrue();
        (await _process.ExitCode()).Should().Be(0);
    }

    [Fact]
    public async Task ShutdownDuringACell_DoesNotWaitForIt()
    {
        var cell = _client.SendExecute("Console.WriteLine(\"on\"); while (true) { }");
        _client.WaitPublished(cell, one => one.Header.Type == "stream");
        _client.Reply(_client.Send("shutdown_request", new JsonObject { ["restart"] = false }, control: true), control: true);
        (await _process.ExitCode()).Should().Be(0);
    }

    [Fact]
    public void InterruptSignal_StopsTheCell_GivesUpWhatWaits_AndTheKernelStays()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such signal.");
        }
        Assert.SkipWhen(IgnoresInterrupts(), "These tests run in the background of a shell, where SIGINT is ignored, by all that they start too.");
        var cell = _client.SendExecute("var kept = 5; Console.WriteLine(\"on\"); while (true) { }");
        var waiting = _client.SendExecute("1");
        _client.WaitPublished(cell, one => one.Header.Type == "stream");
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
        {
            kill.WaitForExit();
        }
        ((string)_client.Reply(cell).Content["ename"]!).Should().Be("Interrupted");
        ((string)_client.Reply(waiting).Content["status"]!).Should().Be("aborted");
        _client.Execute("kept").Result.Should().Be("5");
    }

    [Fact]
    public void InterruptWhileTheCellWaitsForInput_EndsIt()
    {
        var cell = _client.SendExecute("Console.ReadLine()");
        _client.Question();
        _client.Reply(_client.Send("interrupt_request", [], control: true), control: true);
        ((string)_client.Reply(cell).Content["ename"]!).Should().Be("Interrupted");
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public void InterruptWhileTheCellAwaits_EndsIt()
    {
        var cell = _client.SendExecute("Console.WriteLine(\"on\"); await Task.Delay(-1);");
        _client.WaitPublished(cell, one => one.Header.Type == "stream");
        _client.Reply(_client.Send("interrupt_request", [], control: true), control: true);
        ((string)_client.Reply(cell).Content["ename"]!).Should().Be("Interrupted");
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public async Task EnvironmentExit_EndsOnlyThisKernel_AndTheClientIsTold()
    {
        var cell = _client.SendExecute("Console.Write(\"last words\"); Environment.Exit(3);");
        ((string)_client.Reply(cell).Content["evalue"]!).Should().Contain("ended the kernel's process");
        _client.PublishedUntilIdle(cell).Select(one => one.Header.Type).Should().Contain(["stream", "error"]);
        (await _process.ExitCode()).Should().Be(3);
    }

    [Fact]
    public void EndlessRecursion_LeavesTheKernelAnswering()
    {
        _client.Execute("int Down(int n) => 1 + Down(n + 1);\nDown(0)").Status.Should().Be("error");
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public async Task StackOverflowInACompiledLibrary_EndsOnlyThisKernel_WithTheReasonInItsLog()
    {
        // Sequences, each within the next: the recursion is in .NET's own code, where no check of ours reaches. On a thread with little stack,
        // because .NET works for minutes on a list of the frames that a cell's own has room for.
        _client.SendExecute(
            "IEnumerable<int> all = [1]; for (var i = 0; i < 100_000; i++) all = all.DefaultIfEmpty();\n"
            + "var thread = new System.Threading.Thread(() => all.Sum(), 1 << 18); thread.Start(); thread.Join();");
        (await _process.ExitCode()).Should().NotBe(0);
        _process.Said.Should().Contain("Stack overflow");
    }

    [Fact]
    public void ThreadThatEndsByAnException_IsShown_AndLeavesTheKernelAnswering()
    {
        var cell = _client.SendExecute("var t = new System.Threading.Thread(() => throw new InvalidOperationException(\"in a thread\")); t.Start(); t.Join();");
        ((string)_client.WaitPublished(cell, one => one.Header.Type == "stream").Content["text"]!).Should().Contain("in a thread");
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public void EightThreadsThatWrite_LoseNothing()
    {
        var cell = _client.Execute(
            "System.Threading.Tasks.Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, t => { for (var i = 0; i < 500; i++) Console.WriteLine($\"{t} {i}\"); });");
        var lines = cell.Stream("stdout").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Order(StringComparer.Ordinal).Should().Equal(
            Enumerable.Range(0, 8).SelectMany(t => Enumerable.Range(0, 500).Select(i => $"{t} {i}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void HundredMegabytesOfText_LeaveTheKernelAnswering()
    {
        var cell = _client.Execute("new string('x', 100_000_000)");
        cell.Status.Should().Be("ok");
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public async Task SecondKernelOnTheSamePorts_SaysSo()
    {
        var file = Directory.GetFiles(_folder.Path, "connection-*.json").Single();
        using var second = Process.Start(KernelProcess.Command(["kernel", file], _folder.Path))!;
        var error = await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        error.Should().Contain("cannot listen").And.Contain("Another kernel");
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        second.ExitCode.Should().Be(2);
    }

    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        const long Interrupt = 1 << (2 - 1);
        var ignored = File.Exists(Status) ? File.ReadLines(Status).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..] : "0";
        return (long.Parse(ignored.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}
