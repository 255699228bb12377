using System.Globalization;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Kernel;

public sealed class ExecuteTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly KernelClient _client = kernel.Connect();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void CellWithResult_IsPublishedInOrder_AndCounts()
    {
        var first = _client.Execute("Console.WriteLine(\"hello\"); 6 * 7");
        first.Status.Should().Be("ok");
        first.Types.Should().Equal("status", "execute_input", "stream", "execute_result", "status");
        first.Result.Should().Be("42");
        first.Stream("stdout").Should().Be("hello\n");
        var second = _client.Execute("1;".Replace(";", ""));
        ((int)second.Reply.Content["execution_count"]!).Should().Be((int)first.Reply.Content["execution_count"]! + 1);
    }

    [Fact]
    public void CompileError_IsAnError_WithItsPlace()
    {
        var cell = _client.Execute("var x = 1;\nnowhere");
        cell.Status.Should().Be("error");
        ((string)cell.Reply.Content["ename"]!).Should().Be("CompilationError");
        var lines = cell.Published.Single(one => one.Header.Type == "error").Content["traceback"]!.AsArray().Select(line => (string)line!).ToList();
        lines[0].Should().MatchRegex(@"^\e\[31mcell \d+ \(2,1\): error CS0103: .*\e\[0m$", "what is wrong is red");
        lines[1..].Should().Equal("    nowhere", "    ^");
    }

    [Fact]
    public void SilentCell_PublishesOnlyItsState_AndDoesNotCount()
    {
        var before = (int)_client.Execute("1").Reply.Content["execution_count"]!;
        var silent = _client.Execute("Console.WriteLine(1); 2", content => content["silent"] = true);
        silent.Types.Should().Equal("status", "status");
        ((int)_client.Execute("3").Reply.Content["execution_count"]!).Should().Be(before + 1);
    }

    [Fact]
    public void CellOutsideHistory_ShowsAndDoesNotCount()
    {
        var before = (int)_client.Execute("1").Reply.Content["execution_count"]!;
        var aside = _client.Execute("2", content => content["store_history"] = false);
        aside.Result.Should().Be("2");
        ((int)aside.Reply.Content["execution_count"]!).Should().Be(before);
    }

    [Fact]
    public void UserExpressions_GiveTheirValues_OrTheirErrors()
    {
        var cell = _client.Execute("var expressed = 5;", content =>
            content["user_expressions"] = new JsonObject { ["good"] = "expressed * 2", ["bad"] = "nowhere", ["none"] = "var y = 1;" });
        var values = cell.Reply.Content["user_expressions"]!;
        ((string)values["good"]!["data"]!["text/plain"]!).Should().Be("10");
        ((string)values["bad"]!["status"]!).Should().Be("error");
        ((string)values["none"]!["ename"]!).Should().Be("NoValue");
        _client.Execute("y").Status.Should().Be("error");
    }

    [Fact]
    public void FailingCell_GivesUpTheRequestsThatWait_UnlessTold()
    {
        var replies = RepliesWhereTheFirstFails(stopOnError: true);
        replies.Select(reply => (string)reply["status"]!).Should().Equal("error", "aborted", "aborted");
        replies.Select(reply => reply.ContainsKey("execution_count")).Should().Equal([true, false, false], "a number is a cell's that ran");
        RepliesWhereTheFirstFails(stopOnError: false).Select(reply => (string)reply["status"]!).Should().Equal("error", "ok", "ok");
    }

    [Fact]
    public void Display_UpdatesInPlace_AndClears()
    {
        var cell = _client.Execute("var shown = display(1); shown.Update(2); clear(wait: true); HTML(\"<b>3</b>\").Display();");
        cell.Types.Should().Equal("status", "execute_input", "display_data", "update_display_data", "clear_output", "display_data", "status");
        var (first, update) = (cell.Published[2].Content, cell.Published[3].Content);
        ((string)update["transient"]!["display_id"]!).Should().Be((string)first["transient"]!["display_id"]!);
        ((bool)cell.Published[4].Content["wait"]!).Should().BeTrue();
        ((string)cell.Published[5].Content["data"]!["text/html"]!).Should().Be("<b>3</b>");
    }

    [Fact]
    public void DisplayAtTheEnd_IsShownOnce_AndAReturnWithinABlockIsTheResult()
    {
        _client.Execute("display(1)").Types.Should().Equal("status", "execute_input", "display_data", "status");
        _client.Execute("if (DateTime.Now.Year > 2000) { return \"early\"; }\nConsole.WriteLine(\"late\");").Result.Should().Be("early");
    }

    [Fact]
    public void ConsoleThatACellRedirects_IsTheNextCellsAgain()
    {
        _client.Execute("Console.SetOut(new System.IO.StringWriter()); Console.Write(\"away\");").Stream("stdout").Should().BeEmpty();
        _client.Execute("Console.Write(\"here\");").Stream("stdout").Should().Be("here");
    }

    [Fact]
    public void ManyWritesOfOneCharacter_AreFewMessages_InOrderWithTheOtherStream()
    {
        var cell = _client.Execute(
            "var clock = System.Diagnostics.Stopwatch.StartNew(); for (var i = 0; i < 5000; i++) Console.Write(i % 10); "
            + "Console.Error.Write(\"!\"); Console.Write(\"end\"); clock.ElapsedMilliseconds");
        // A message waits 40 ms for more text, so that their number follows from the time that the machine took: the digits', "!" and "end".
        const int Shortest = 35; // a timer counts whole milliseconds
        cell.Published.Count(one => one.Header.Type == "stream").Should()
            .BeLessThanOrEqualTo(3 + int.Parse(cell.Result!, CultureInfo.InvariantCulture) / Shortest);
        cell.Stream("stdout").Should().Be(string.Concat(Enumerable.Range(0, 5000).Select(i => i % 10)) + "end");
        var last = cell.Published.Where(one => one.Header.Type == "stream").TakeLast(2).Select(one => (string?)one.Content["text"]);
        last.Should().Equal("!", "end");
    }

    [Fact]
    public void ReadLine_AsksTheClient_WithTheUnfinishedLineAsPrompt()
    {
        var request = _client.SendExecute("Console.WriteLine(\"x\"); Console.Write(\"name? \"); var name = Console.ReadLine(); name + \"!\"");
        ((string)_client.Question().Content["prompt"]!).Should().Be("name? ");
        _client.Answer("Ada");
        var cell = _client.Finish(request);
        cell.Result.Should().Be("Ada!");
        cell.Stream("stdout").Should().Be("x\n", "clients show the prompt themselves, with the answer");
    }

    [Fact]
    public void ReadLine_OfAClientThatCannotBeAsked_IsAnError()
    {
        var cell = _client.Execute("Console.ReadLine()", content => content["allow_stdin"] = false);
        cell.Status.Should().Be("error");
        ((string)cell.Reply.Content["evalue"]!).Should().Contain("cannot be asked");
    }

    [Fact]
    public void LateOutput_HasTheParentOfItsOwnCell()
    {
        var first = _client.SendExecute("var go = new TaskCompletionSource(); var _ = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });");
        _client.Finish(first);
        var second = _client.SendExecute("go.SetResult();");
        _client.Reply(second);
        ((string)_client.WaitPublished(first, one => one.Header.Type == "stream").Content["text"]!).Should().Be("late");
    }

    [Fact]
    public void BurstOfTenThousandDisplays_ArrivesWholeAndInOrder()
    {
        var cell = _client.Execute("for (var i = 0; i < 10_000; i++) display(i);");
        cell.Published.Where(one => one.Header.Type == "display_data").Select(one => (string)one.Content["data"]!["text/plain"]!)
            .Should().Equal(Enumerable.Range(0, 10_000).Select(i => $"{i}"));
    }

    [Fact]
    public void OutputOfTwentyMegabytes_ArrivesWhole()
    {
        var cell = _client.Execute("HTML(new string('x', 10_000_000) + new string('é', 5_000_000)).Display();");
        var html = (string)cell.Published.Single(one => one.Header.Type == "display_data").Content["data"]!["text/html"]!;
        html.Should().HaveLength(15_000_000);
        html.AsSpan(0, 10_000_000).IndexOfAnyExcept('x').Should().Be(-1);
        html.AsSpan(10_000_000).IndexOfAnyExcept('é').Should().Be(-1);
    }

    // The first fails once the others wait in the kernel. It reads requests in the order in which they are sent, and says at once which it refuses:
    // when it has refused the last, it has the others.
    private List<JsonObject> RepliesWhereTheFirstFails(bool stopOnError)
    {
        const string Refused = "refused frames without a delimiter";
        var before = kernel.Process.Said.Split(Refused).Length - 1;
        var requests = new[] { "Console.ReadLine(); throw new Exception(\"stop\");", "1", "2" }
            .Select(code => _client.SendExecute(code, content => content["stop_on_error"] = stopOnError)).ToList();
        _client.Question();
        _client.SendRaw([[1, 2, 3]]);
        kernel.Process.WaitUntilSaid(Refused, before + 1);
        _client.Answer("");
        return requests.ConvertAll(request => _client.Reply(request).Content);
    }
}
