using System.Net.Sockets;
using NetMQ;
using NetMQ.Sockets;
using Workbook.Messaging;

namespace Workbook.Kernel;

/// <summary>The kernel's ZeroMQ sockets, all owned by one thread that receives, checks and sends; the heartbeat beats whatever a cell does.</summary>
internal sealed class KernelSockets : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly MessageCodec _codec;
    private readonly ReplayGuard _replays = new();
    private readonly Dictionary<KernelChannel, NetMQSocket> _sockets;
    private readonly ResponseSocket _heartbeat = new();
    private readonly NetMQQueue<(NetMQSocket Socket, IReadOnlyList<byte[]> Frames)> _outgoing = new();
    private readonly NetMQPoller _poller = [];
    private readonly Action<KernelChannel, Message> _receive;
    private readonly Action<string> _refused;

    /// <summary>Binds all channels.</summary>
    /// <param name="connection">Where, and the key.</param>
    /// <param name="receive">Called on the sockets' thread with every message that is let in; must return at once.</param>
    /// <param name="refused">Called with the reason for every message that is not.</param>
    /// <exception cref="ConnectionFileException">An address cannot be bound.</exception>
    public KernelSockets(ConnectionFile connection, Action<KernelChannel, Message> receive, Action<string> refused)
    {
        (_codec, _receive, _refused) = (new MessageCodec(connection.Key), receive, refused);
        _sockets = new Dictionary<KernelChannel, NetMQSocket>
        {
            [KernelChannel.Shell] = new RouterSocket(),
            [KernelChannel.Control] = new RouterSocket(),
            [KernelChannel.Stdin] = new RouterSocket(),
            [KernelChannel.IOPub] = new PublisherSocket(),
        };
        Bind(_sockets[KernelChannel.Shell], connection, connection.Ports.Shell);
        Bind(_sockets[KernelChannel.Control], connection, connection.Ports.Control);
        Bind(_sockets[KernelChannel.Stdin], connection, connection.Ports.Stdin);
        Bind(_sockets[KernelChannel.IOPub], connection, connection.Ports.IOPub);
        Bind(_heartbeat, connection, connection.Ports.Heartbeat);
        foreach (var channel in new[] { KernelChannel.Shell, KernelChannel.Control, KernelChannel.Stdin })
        {
            _sockets[channel].ReceiveReady += (_, ready) => Receive(channel, ready.Socket);
            _poller.Add(_sockets[channel]);
        }
        _heartbeat.ReceiveReady += (_, ready) => ready.Socket.SendMultipartBytes(ready.Socket.ReceiveMultipartBytes());
        _outgoing.ReceiveReady += (_, _) => Send();
        _poller.Add(_heartbeat);
        _poller.Add(_outgoing);
    }

    /// <summary>Begins to receive.</summary>
    public void Start() => _poller.RunAsync("sockets");

    /// <summary>Sends a message, from any thread; messages of one thread keep their order.</summary>
    public void Send(KernelChannel channel, Message message) => _outgoing.Enqueue((_sockets[channel], _codec.Encode(message)));

    /// <summary>Stops receiving, sends what is left and closes.</summary>
    public void Dispose()
    {
        _poller.Stop();
        Send();
        _poller.Dispose();
        _outgoing.Dispose();
        _heartbeat.Dispose();
        foreach (var socket in _sockets.Values)
        {
            socket.Dispose();
        }
        NetMQConfig.Cleanup(block: true);
    }

    private static void Bind(NetMQSocket socket, ConnectionFile connection, int port)
    {
        // A slow reader must not cost the others any output: queues grow instead.
        (socket.Options.SendHighWatermark, socket.Options.ReceiveHighWatermark, socket.Options.Linger) = (0, 0, Linger);
        var endpoint = connection.Endpoint(port);
        try
        {
            socket.Bind(endpoint);
        }
        catch (Exception e) when (e is NetMQException or SocketException or ArgumentException)
        {
            throw new ConnectionFileException(
                $"The kernel cannot listen on {endpoint}: {e.Message}. Another kernel may have the port: let the client start this one anew.", e);
        }
    }

    private void Receive(KernelChannel channel, NetMQSocket socket)
    {
        var frames = new List<byte[]>();
        while (socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames))
        {
            try
            {
                var message = _codec.Decode(frames, out var signature);
                _replays.Pass(signature);
                _receive(channel, message);
            }
            catch (ProtocolException e)
            {
                _refused($"{channel}: refused {e.Message}.");
            }
            frames = [];
        }
    }

    private void Send()
    {
        while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            next.Socket.SendMultipartBytes(next.Frames);
        }
    }
}

/// <summary>The channels on which messages travel.</summary>
internal enum KernelChannel
{
    /// <summary>Requests, answered in order.</summary>
    Shell,

    /// <summary>Requests that do not wait for a running cell.</summary>
    Control,

    /// <summary>Requests for input from the reader, and their answers.</summary>
    Stdin,

    /// <summary>What all clients see: outputs and the kernel's state.</summary>
    IOPub,
}
