using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Messaging;

/// <summary>One message of Jupyter's protocol.</summary>
/// <param name="Identities">The ZeroMQ routing frames: whom it is from, or goes to; a topic on the channel that all clients see.</param>
/// <param name="Header">What it is.</param>
/// <param name="Parent">The header of the message that it answers, as it came; an empty object where it answers none.</param>
/// <param name="Content">What it says.</param>
public sealed record Message(IReadOnlyList<byte[]> Identities, MessageHeader Header, JsonObject Parent, JsonObject Content)
{
    /// <summary>Details of how it was handled; empty as a rule.</summary>
    public JsonObject Metadata { get; init; } = [];
}

/// <summary>What a message is and where it comes from.</summary>
/// <param name="Id">Unique among all messages.</param>
/// <param name="Type">For instance <c>execute_request</c>.</param>
/// <param name="Json">The whole header, as it is sent and as answers repeat it.</param>
public sealed record MessageHeader(string Id, string Type, JsonObject Json)
{
    /// <summary>The version of the protocol that this program speaks.</summary>
    public const string ProtocolVersion = "5.3";

    /// <summary>A header for a new message.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="session">The sender's session.</param>
    public static MessageHeader New(string type, string session)
    {
        var id = Guid.NewGuid().ToString("N");
        return new MessageHeader(id, type, new JsonObject
        {
            ["msg_id"] = id,
            ["msg_type"] = type,
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["version"] = ProtocolVersion,
        });
    }

    /// <summary>Reads a received header.</summary>
    /// <exception cref="ProtocolException">It lacks an id or a type.</exception>
    public static MessageHeader Read(JsonObject json) => new(Text(json, "msg_id"), Text(json, "msg_type"), json);

    private static string Text(JsonObject json, string name) =>
        json.Text(name) is { Length: > 0 } text ? text : throw new ProtocolException($"a header has no {name}");
}
