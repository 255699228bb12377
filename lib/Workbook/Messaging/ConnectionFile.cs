using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Messaging;

/// <summary>Where a client expects the kernel, from the file that it writes and names on the command line.</summary>
/// <param name="Address">The address to bind to, and no other.</param>
/// <param name="Ports">The ports of the five channels.</param>
/// <param name="Key">The secret that signs every message.</param>
public sealed record ConnectionFile(string Address, ChannelPorts Ports, string Key)
{
    // A name that stands twice leaves open which value is meant.
    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConnectionFileException">It cannot be read, or asks for what this kernel does not do.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            return Parse(path, JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Unambiguous) as JsonObject
                ?? throw new ConnectionFileException($"{path} is not a connection file: it should hold a JSON object with an address, ports and a key."));
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

    private static ConnectionFile Parse(string path, JsonObject json)
    {
        Require(path, json, "transport", "tcp", "ZeroMQ over TCP");
        Require(path, json, "signature_scheme", "hmac-sha256", "signatures by HMAC-SHA256");
        var key = json.Text("key") is { Length: > 0 } text
            ? text
            : throw new ConnectionFileException($"{path} has no key: without one, anybody who reaches the kernel's ports could run code here.");
        return new ConnectionFile(
            json.Text("ip") ?? "127.0.0.1",
            new ChannelPorts(
                Port(path, json, "shell_port"), Port(path, json, "control_port"), Port(path, json, "iopub_port"),
                Port(path, json, "stdin_port"), Port(path, json, "hb_port")),
            key);
    }

    private static void Require(string path, JsonObject json, string name, string value, string words)
    {
        if (json.Text(name) is { } other && other != value)
        {
            throw new ConnectionFileException($"{path}: {name} is '{other}', but this kernel only does {words} ('{value}').");
        }
    }

    private static int Port(string path, JsonObject json, string name) => json.Number(name) is { } port and > 0 and < 65536
        ? port
        : throw new ConnectionFileException($"{path}: {name} should be a port from 1 to 65535.");
}

/// <summary>The TCP ports of a kernel's channels.</summary>
/// <param name="Shell">Requests to run and to look at code, answered in order.</param>
/// <param name="Control">Requests that do not wait for a running cell.</param>
/// <param name="IOPub">What all clients see: outputs and the kernel's state.</param>
/// <param name="Stdin">Requests for input from the reader.</param>
/// <param name="Heartbeat">Echoes what it receives, as a sign of life.</param>
public sealed record ChannelPorts(int Shell, int Control, int IOPub, int Stdin, int Heartbeat);

/// <summary>A connection file that cannot be used.</summary>
public sealed class ConnectionFileException(string message, Exception? inner = null) : Exception(message, inner);
