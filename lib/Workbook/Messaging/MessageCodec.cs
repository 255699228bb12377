using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Messaging;

/// <summary>Turns messages into signed frames and back: routing frames, a delimiter, the signature, then header, parent, metadata and content.</summary>
/// <param name="key">The secret of the connection file.</param>
public sealed class MessageCodec(string key)
{
    private const int Parts = 4;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The frames of a message.</summary>
    /// <param name="message">The message.</param>
    public IReadOnlyList<byte[]> Encode(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        byte[][] parts = [Bytes(message.Header.Json), Bytes(message.Parent), Bytes(message.Metadata), Bytes(message.Content)];
        return [.. message.Identities, Delimiter, Encoding.ASCII.GetBytes(Signature(parts)), .. parts];
    }

    /// <summary>The message in frames.</summary>
    /// <param name="frames">The frames as received.</param>
    /// <param name="signature">The message's signature, which no other message has.</param>
    /// <exception cref="ProtocolException">They are not a message, or the signature is not that of someone who knows the key.</exception>
    public Message Decode(IReadOnlyList<byte[]> frames, out string signature)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var delimiter = Enumerable.Range(0, frames.Count).FirstOrDefault(index => frames[index].AsSpan().SequenceEqual(Delimiter), -1);
        if (delimiter < 0 || frames.Count < delimiter + 2 + Parts)
        {
            throw new ProtocolException("frames without a delimiter or with parts missing");
        }
        var parts = frames.Skip(delimiter + 2).Take(Parts).ToList();
        signature = Signature(parts);
        // The time of the comparison must not tell how much of a forged signature is right.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), frames[delimiter + 1]))
        {
            throw new ProtocolException(frames[delimiter + 1].Length == 0 ? "a message without a signature" : "a message with a wrong signature");
        }
        return new Message(
            [.. frames.Take(delimiter)], MessageHeader.Read(Object(parts[0], "header")), Object(parts[1], "parent header"), Object(parts[3], "content"))
        {
            Metadata = Object(parts[2], "metadata"),
        };
    }

    private string Signature(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Json);

    private static JsonObject Object(byte[] part, string name)
    {
        try
        {
            return JsonNode.Parse(part, documentOptions: Reading) as JsonObject ?? throw new ProtocolException($"a {name} that is not a JSON object");
        }
        catch (JsonException)
        {
            throw new ProtocolException($"a {name} that is not JSON");
        }
    }
}

/// <summary>A received message that is refused.</summary>
public sealed class ProtocolException(string message) : Exception(message);
