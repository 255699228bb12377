using System.Diagnostics;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using Workbook.Messaging;

namespace Workbook.Tests.Kernel;

/// <summary>A notebook client over bare ZeroMQ: what an editor's extension does, without one.</summary>
internal sealed class KernelClient : IDisposable
{
    // How often a wait looks whether the kernel still runs.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    // What a kernel that has ended sent is on this machine already, and only has to be read.
    private static readonly TimeSpan LastWords = TimeSpan.FromMinutes(1);

    private readonly DealerSocket _shell = new();
    private readonly DealerSocket _control = new();
    private readonly DealerSocket _stdin = new();
    private readonly SubscriberSocket _iopub = new();
    private readonly RequestSocket _heartbeat = new();
    private readonly KernelProcess _process;
    private readonly MessageCodec _codec;
    private readonly string _session = Guid.NewGuid().ToString("N");

    public KernelClient(KernelProcess process)
    {
        var connection = process.Connection;
        (_process, _codec) = (process, new MessageCodec(connection.Key));
        // A client is one and the same on the channels of requests and of questions.
        var identity = Guid.NewGuid().ToByteArray();
        identity[0] |= 1; // ZeroMQ keeps identities that begin with zero for itself
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin })
        {
            socket.Options.Identity = identity;
        }
        foreach (var (socket, port) in new (NetMQSocket, int)[]
        {
            (_shell, connection.Ports.Shell), (_control, connection.Ports.Control), (_stdin, connection.Ports.Stdin),
            (_iopub, connection.Ports.IOPub), (_heartbeat, connection.Ports.Heartbeat),
        })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Connect($"tcp://{connection.Address}:{port}");
        }
        _iopub.SubscribeToAnyTopic();
    }

    public string Session => _session;

    /// <summary>Waits until the kernel answers and its outputs arrive.</summary>
    public JsonObject WaitUntilReady()
    {
        // Until the subscription has reached the kernel, what it publishes is lost, and nothing tells when it has: ask until something is heard.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < LastResort.Limit)
        {
            var info = Reply(Send("kernel_info_request", []));
            if (TryReceive(_iopub, TimeSpan.FromMilliseconds(200)) is not null)
            {
                return info.Content;
            }
        }
        throw new TimeoutException("The kernel publishes nothing.");
    }

    public Message Send(string type, JsonObject content, bool control = false)
    {
        var message = new Message([], MessageHeader.New(type, _session), [], content);
        (control ? _control : _shell).SendMultipartBytes(_codec.Encode(message));
        return message;
    }

    /// <summary>Sends frames as they are.</summary>
    public void SendRaw(IEnumerable<byte[]> frames) => _shell.SendMultipartBytes(frames);

    public IReadOnlyList<byte[]> Frames(Message message) => _codec.Encode(message);

    public Message SendExecute(string code, Action<JsonObject>? change = null)
    {
        var content = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = true,
            ["stop_on_error"] = true,
        };
        change?.Invoke(content);
        return Send("execute_request", content);
    }

    /// <summary>Runs a cell and returns its answer with all that was published for it, from busy to idle.</summary>
    public ExecutedRequest Execute(string code, Action<JsonObject>? change = null) => Finish(SendExecute(code, change));

    public ExecutedRequest Finish(Message request)
    {
        var reply = Reply(request);
        return new ExecutedRequest(reply, PublishedUntilIdle(request));
    }

    public Message Reply(Message request, bool control = false) =>
        Next(control ? _control : _shell, $"reply to {request.Header.Type}", message => IsFor(message, request));

    /// <summary>The next answer by the channel of requests, whatever it answers.</summary>
    public Message AnyReply() => Next(_shell, "answer", _ => true);

    /// <summary>The next question to the reader.</summary>
    public Message Question() => Next(_stdin, "question", _ => true);

    public void Answer(string value) => _stdin.SendMultipartBytes(_codec.Encode(
        new Message([], MessageHeader.New("input_reply", _session), [], new JsonObject { ["value"] = value })));

    /// <summary>Waits for a beat of the kernel's heart.</summary>
    public bool IsAlive()
    {
        _heartbeat.SendFrame("ping");
        return _heartbeat.TryReceiveFrameString(LastResort.Limit, out var echo) && echo == "ping";
    }

    /// <summary>Waits for the first message that is published for a request and is as wanted.</summary>
    public Message WaitPublished(Message request, Func<Message, bool> wanted) =>
        Next(_iopub, $"such output of {request.Header.Type}", message => IsFor(message, request) && wanted(message));

    /// <summary>All that is published for a request up to its idle state.</summary>
    public List<Message> PublishedUntilIdle(Message request)
    {
        var all = new List<Message>();
        do
        {
            all.Add(WaitPublished(request, _ => true));
        }
        while (all[^1].Header.Type != "status" || (string?)all[^1].Content["execution_state"] != "idle");
        return all;
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin, _iopub, _heartbeat })
        {
            socket.Dispose();
        }
    }

    private static bool IsFor(Message message, Message request) => (string?)message.Parent["msg_id"] == request.Header.Id;

    private Message? TryReceive(NetMQSocket socket, TimeSpan limit)
    {
        var frames = new List<byte[]>();
        return socket.TryReceiveMultipartBytes(limit, ref frames) ? _codec.Decode(frames, out _) : null;
    }

    /// <summary>Waits for a message of a channel, and passes over those that are not wanted.</summary>
    private Message Next(NetMQSocket socket, string name, Func<Message, bool> wanted)
    {
        for (var left = LastResort.Limit; left > TimeSpan.Zero;)
        {
            if (TryReceive(socket, Look) is not { } message)
            {
                left = _process.HasEnded && left > LastWords ? LastWords : left - Look;
            }
            else if (wanted(message))
            {
                return message;
            }
        }
        throw new TimeoutException($"The kernel {(_process.HasEnded ? "has ended" : "runs")}, and no {name} came. {_process.Said}");
    }
}
