using System.Diagnostics;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using Workbook.Messaging;

namespace Workbook.Tests.Kernel;

/// <summary>A notebook client over bare ZeroMQ: what an editor's extension does, without one.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DealerSocket _shell = new();
    private readonly DealerSocket _control = new();
    private readonly DealerSocket _stdin = new();
    private readonly SubscriberSocket _iopub = new();
    private readonly RequestSocket _heartbeat = new();
    private readonly MessageCodec _codec;
    private readonly string _session = Guid.NewGuid().ToString("N");

    public KernelClient(ConnectionFile connection)
    {
        _codec = new MessageCodec(connection.Key);
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
        // Until the subscription has reached the kernel, what it publishes is lost: ask until a state is seen.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            var request = Send("kernel_info_request", []);
            var info = Reply(request);
            while (TryNextPublished(TimeSpan.FromMilliseconds(200)) is { } message)
            {
                if (IsFor(message, request) && (string?)message.Content["execution_state"] == "idle")
                {
                    return info.Content;
                }
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

    public IReadOnlyList<byte[]> Frames(string type, JsonObject content) => _codec.Encode(new Message([], MessageHeader.New(type, _session), [], content));

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
    public Execution Execute(string code, Action<JsonObject>? change = null) => Finish(SendExecute(code, change));

    public Execution Finish(Message request)
    {
        var reply = Reply(request);
        return new Execution(reply, PublishedUntilIdle(request));
    }

    public Message Reply(Message request, bool control = false) => Next(control ? _control : _shell, request)
        ?? throw new TimeoutException($"No reply to {request.Header.Type} within {Limit.TotalSeconds} s.");

    /// <summary>Whether any answer comes by the channel of requests within a time.</summary>
    public bool IsAnsweredWithin(TimeSpan time)
    {
        var frames = new List<byte[]>();
        return _shell.TryReceiveMultipartBytes(time, ref frames);
    }

    /// <summary>The next question to the reader.</summary>
    public Message Question()
    {
        var frames = new List<byte[]>();
        return _stdin.TryReceiveMultipartBytes(Limit, ref frames) ? _codec.Decode(frames, out _) : throw new TimeoutException("No question came.");
    }

    public void Answer(string value) => _stdin.SendMultipartBytes(_codec.Encode(
        new Message([], MessageHeader.New("input_reply", _session), [], new JsonObject { ["value"] = value })));

    public bool IsAlive(TimeSpan limit)
    {
        _heartbeat.SendFrame("ping");
        return _heartbeat.TryReceiveFrameString(limit, out var echo) && echo == "ping";
    }

    /// <summary>Waits for the first message that is published for a request and is as wanted.</summary>
    public Message WaitPublished(Message request, Func<Message, bool> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            if (TryNextPublished(Limit) is { } message && IsFor(message, request) && wanted(message))
            {
                return message;
            }
        }
        throw new TimeoutException("Nothing of that kind was published.");
    }

    /// <summary>All that is published for a request up to its idle state.</summary>
    public List<Message> PublishedUntilIdle(Message request)
    {
        var all = new List<Message>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            if (TryNextPublished(Limit) is { } message && IsFor(message, request))
            {
                all.Add(message);
                if (message.Header.Type == "status" && (string?)message.Content["execution_state"] == "idle")
                {
                    return all;
                }
            }
        }
        throw new TimeoutException("The kernel did not become idle.");
    }

    public Message? TryNextPublished(TimeSpan limit)
    {
        var frames = new List<byte[]>();
        return _iopub.TryReceiveMultipartBytes(limit, ref frames) ? _codec.Decode(frames, out _) : null;
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { _shell, _control, _stdin, _iopub, _heartbeat })
        {
            socket.Dispose();
        }
    }

    private static bool IsFor(Message message, Message request) => (string?)message.Parent["msg_id"] == request.Header.Id;

    private Message? Next(DealerSocket socket, Message request)
    {
        var frames = new List<byte[]>();
        while (socket.TryReceiveMultipartBytes(Limit, ref frames))
        {
            var message = _codec.Decode(frames, out _);
            if (IsFor(message, request))
            {
                return message;
            }
            frames = [];
        }
        return null;
    }
}
