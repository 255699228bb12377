using System.Text.Json.Nodes;

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
