using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Messaging;
using Xunit;

namespace Workbook.Tests.Kernel;

public sealed class ProtocolTests(RunningKernel kernel) : IClassFixture<RunningKernel>, IDisposable
{
    private readonly KernelClient _client = kernel.Connect();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void KernelInfo_SaysWhatItSpeaks()
    {
        var info = _client.Reply(_client.Send("kernel_info_request", [])).Content;
        ((string)info["status"]!).Should().Be("ok");
        Version.Parse((string)info["protocol_version"]!).Should().BeGreaterThanOrEqualTo(new Version(5, 3));
        ((string)info["language_info"]!["name"]!).Should().Be("C#");
        ((string)info["language_info"]!["file_extension"]!).Should().Be(".cs");
    }

    [Fact]
    public void UnsignedForgedAndReplayedMessages_AreRefused_AndTheKernelGoesOn()
    {
        var good = new Message([], MessageHeader.New("kernel_info_request", _client.Session), [], []);
        var frames = _client.Frames(good);
        var unsigned = frames.ToList();
        unsigned[1] = [];
        var forged = new MessageCodec("another key").Encode(new Message([], MessageHeader.New("kernel_info_request", _client.Session), [], []));
        foreach (var sent in new[] { unsigned, forged, [[1, 2, 3]], frames.Take(3), frames, frames })
        {
            _client.SendRaw(sent);
        }
        var last = _client.Send("kernel_info_request", []);
        // Answers come in the order of their requests: that to a refused one would stand before or between these.
        new[] { _client.AnyReply(), _client.AnyReply() }.Select(reply => (string?)reply.Parent["msg_id"]).Should().Equal(good.Header.Id, last.Header.Id);
        foreach (var reason in new[] { "without a signature", "wrong signature", "delimiter", "came before" })
        {
            kernel.Process.WaitUntilSaid(reason, lines: reason == "delimiter" ? 2 : 1);
        }
        _client.Execute("1").Result.Should().Be("1");
    }

    [Fact]
    public void TwoClients_GetTheirOwnAnswers_AndBothSeeAllOutputs()
    {
        using var other = kernel.Connect();
        var mine = _client.SendExecute("Console.Write(\"mine\");");
        var theirs = other.SendExecute("Console.Write(\"theirs\");");
        ((string)_client.Reply(mine).Content["status"]!).Should().Be("ok");
        ((string)other.Reply(theirs).Content["status"]!).Should().Be("ok");
        foreach (var (request, text) in new[] { (mine, "mine"), (theirs, "theirs") })
        {
            ((string)other.WaitPublished(request, one => one.Header.Type == "stream").Content["text"]!).Should().Be(text);
        }
        ((string)_client.WaitPublished(theirs, one => one.Header.Type == "stream").Content["text"]!).Should().Be("theirs");
    }

    [Fact]
    public void BusyKernel_KeepsItsHeartbeat_AndAnswersOnControl()
    {
        var cell = _client.SendExecute("Console.WriteLine(\"on\"); while (true) { }");
        _client.WaitPublished(cell, one => one.Header.Type == "stream");
        _client.IsAlive().Should().BeTrue();
        var info = _client.Reply(_client.Send("kernel_info_request", [], control: true), control: true);
        ((string)info.Content["status"]!).Should().Be("ok");
        _client.Reply(_client.Send("interrupt_request", [], control: true), control: true);
        ((string)_client.Reply(cell).Content["ename"]!).Should().Be("Interrupted");
    }

    [Fact]
    public void History_GivesTheTail_ARange_AndWhatMatches()
    {
        var count = (int)_client.Execute("var history1 = 1;").Reply.Content["execution_count"]!;
        _client.Execute("history1 + 1");
        var tail = Ask(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true });
        tail.Should().Be($$"""[[0,{{count}},["var history1 = 1;",null]],[0,{{count + 1}},["history1 + 1","2"]]]""");
        Ask(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = count, ["stop"] = count + 1 })
            .Should().Be($$"""[[0,{{count}},"var history1 = 1;"]]""");
        Ask(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "history1*" }).Should().Be($$"""[[0,{{count + 1}},"history1 + 1"]]""");

        string Ask(JsonObject content)
        {
            content["raw"] = true;
            return Unescaped(_client.Reply(_client.Send("history_request", content)).Content["history"]!);
        }
    }

    [Fact]
    public void CommThatNobodyKnows_IsClosed_AndNoneAreListed()
    {
        var open = _client.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "widget", ["data"] = new JsonObject() });
        ((string)_client.WaitPublished(open, one => one.Header.Type == "comm_close").Content["comm_id"]!).Should().Be("c1");
        _client.Reply(_client.Send("comm_info_request", [])).Content["comms"]!.AsObject().Should().BeEmpty();
    }

    [Fact]
    public void DebugRequest_IsRefusedPolitely()
    {
        var request = _client.Send("debug_request", new JsonObject { ["type"] = "request", ["seq"] = 4, ["command"] = "initialize" }, control: true);
        var answer = _client.Reply(request, control: true).Content;
        ((bool)answer["success"]!).Should().BeFalse();
        ((int)answer["request_seq"]!).Should().Be(4);
        ((string)answer["message"]!).Should().Contain("no debugger");
    }

    [Fact]
    public void RequestOfUnknownType_IsPassedOver()
    {
        var request = _client.Send("wish_request", []);
        _client.PublishedUntilIdle(request).Should().HaveCount(2);
        _client.Execute("1").Status.Should().Be("ok");
    }

    private static string Unescaped(JsonNode json) =>
        json.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
