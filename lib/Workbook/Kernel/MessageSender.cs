using System.Text;
using System.Text.Json.Nodes;
using Workbook.Messaging;

namespace Workbook.Kernel;

/// <summary>Makes the kernel's messages and sends them: answers and questions to one client, and what all clients see.</summary>
/// <param name="sockets">Where they go out.</param>
internal sealed class MessageSender(KernelSockets sockets)
{
    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>Answers a request on the channel that it came by.</summary>
    public void Reply(KernelChannel channel, Message request, JsonObject content)
    {
        var type = request.Header.Type.Replace("_request", "_reply", StringComparison.Ordinal);
        sockets.Send(channel, new Message(request.Identities, MessageHeader.New(type, _session), Parent(request), content));
    }

    /// <summary>Asks the client of a request for input.</summary>
    public void Ask(Message request, JsonObject content) => sockets.Send(
        KernelChannel.Stdin, new Message(request.Identities, MessageHeader.New("input_request", _session), Parent(request), content));

    /// <summary>Sends a message to all clients.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="parent">The request that led to it; null for none.</param>
    /// <param name="content">What it says.</param>
    public void Publish(string type, Message? parent, JsonObject content)
    {
        // The topic is for subscribers that want a part only.
        var topic = Encoding.UTF8.GetBytes($"kernel.{_session}.{type}");
        sockets.Send(
            KernelChannel.IOPub,
            new Message([topic], MessageHeader.New(type, _session), parent is null ? [] : Parent(parent), content));
    }

    /// <summary>Tells all clients what the kernel is doing.</summary>
    /// <param name="state"><c>starting</c>, <c>busy</c> or <c>idle</c>.</param>
    /// <param name="parent">The request that it is about; null for none.</param>
    public void Status(string state, Message? parent) => Publish("status", parent, new JsonObject { ["execution_state"] = state });

    private static JsonObject Parent(Message request) => (JsonObject)request.Header.Json.DeepClone();
}
