using System.Globalization;
using System.Text.Json.Nodes;

namespace Workbook.Messaging;

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
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : throw new ProtocolException($"a header has no {name}");
}
