using System.Text.Json;

namespace Workbook.Messaging;

/// <summary>Where a client expects the kernel, from the file that it writes and names on the command line.</summary>
/// <param name="Address">The address to bind to, and no other.</param>
/// <param name="Ports">The ports of the five channels.</param>
/// <param name="Key">The secret that signs every message.</param>
public sealed record ConnectionFile(string Address, ChannelPorts Ports, string Key)
{
    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConnectionFileException">It cannot be read, or asks for what this kernel does not do.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(path, json.RootElement);
        }
        catch (JsonException e)
        {
            throw new ConnectionFileException($"{path} is not JSON (line {e.LineNumber + 1}): a notebook client writes this file when it starts a kernel.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionFileException($"The connection file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A channel's address in the notation of ZeroMQ.</summary>
    /// <param name="port">One of <see cref="Ports"/>.</param>
    internal string Endpoint(int port) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tcp://{Address}:{port}");

    private static ConnectionFile Parse(string path, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ConnectionFileException($"{path} is not a connection file: it should hold a JSON object with an address, ports and a key.");
        }
        Require(path, json, "transport", "tcp", "ZeroMQ over TCP");
        Require(path, json, "signature_scheme", "hmac-sha256", "signatures by HMAC-SHA256");
        var key = Text(json, "key") is { Length: > 0 } text
            ? text
            : throw new ConnectionFileException($"{path} has no key: without one, anybody who reaches the kernel's ports could run code here.");
        return new ConnectionFile(
            Text(json, "ip") ?? "127.0.0.1",
            new ChannelPorts(
                Port(path, json, "shell_port"), Port(path, json, "control_port"), Port(path, json, "iopub_port"),
                Port(path, json, "stdin_port"), Port(path, json, "hb_port")),
            key);
    }

    private static void Require(string path, JsonElement json, string name, string value, string words)
    {
        if (Text(json, name) is { } other && other != value)
        {
            throw new ConnectionFileException($"{path}: {name} is '{other}', but this kernel only does {words} ('{value}').");
        }
    }

    private static int Port(string path, JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var port) && port is > 0 and < 65536
            ? port
            : throw new ConnectionFileException($"{path}: {name} should be a port from 1 to 65535.");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
