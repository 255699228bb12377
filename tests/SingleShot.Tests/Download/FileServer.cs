using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SingleShot.Tests.Download;

/// <summary>A server of one file on this machine that can be told to misbehave, request by request.</summary>
public sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FileServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/folder/file.zip");
        _serving = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public byte[] Content { get; set; }

    /// <summary>What it calls the version of the content; null for no name.</summary>
    public string? Tag { get; set; } = "\"one\"";

    public bool KnowsRanges { get; set; } = true;

    /// <summary>How many bytes it sends at most before it cuts the line, of one request after another; then all.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Sends what it was to send up to a cut, and then nothing, with the line open.</summary>
    public bool Hangs { get; set; }

    public string? Status { get; set; }

    /// <summary>The Range header of each request so far; empty for none.</summary>
    public List<string> Ranges { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _serving.Wait();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            var headers = await ReadHeadersAsync(stream);
            var range = headers.GetValueOrDefault("RANGE", "");
            Ranges.Add(range);
            var asked = KnowsRanges && range.Length > 0 && (headers.GetValueOrDefault("IF-RANGE") is not { } tag || tag == Tag);
            var from = asked ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            var status = Status ?? (from > 0 && from >= Content.Length ? "416 Range Not Satisfiable" : asked ? "206 Partial Content" : "200 OK");
            var body = status[0] == '2' ? Content[from..] : [];
            var contentRange = status.StartsWith("206", StringComparison.Ordinal) ? $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n"
                : status.StartsWith("416", StringComparison.Ordinal) ? $"Content-Range: bytes */{Content.Length}\r\n" : "";
            var etag = Tag is null ? "" : $"ETag: {Tag}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{contentRange}{etag}Connection: close\r\n\r\n"), _stop.Token);
            await stream.WriteAsync(Cuts.TryDequeue(out var most) ? body.AsMemory(0, Math.Min(most, body.Length)) : body, _stop.Token);
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            text.Append((char)one[0]);
        }
        return text.ToString().Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].ToUpperInvariant(), pair => pair[1]);
    }
}
