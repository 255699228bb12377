using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SingleShot.Data.Labeling;
using static System.FormattableString;

namespace SingleShot.Figures.Labeling;

/// <summary>Where the page of a labeling figure saves what is drawn: a web server of this process, for this machine alone.</summary>
/// <remarks>
/// Each editor hands a figure's messages to its kernel in a way of its own, and VS Code in none. An address of this machine needs
/// none of them, and it answers while a cell runs. Each figure has a secret of its own in its address, so no other page can write; and all that one can write are labels.
/// </remarks>
internal static class LabelServer
{
    private const int MaxBytes = 4_000_000;

    private static readonly ConcurrentDictionary<string, LabelFolder> Folders = new();
    private static readonly Lock Applying = new(); // two pages may change the same picture at once
    private static readonly Lazy<(string? Address, string Silence)> Listening = new(Listen);

    // What a runner without a reader sets: nobody is there to draw, and its pages outlive its process.
    private static bool Unattended => AppContext.GetData("Notebook.Unattended") is true;

    /// <summary>Serves a folder's labels.</summary>
    /// <returns>The address; null where there is none, and then why in words.</returns>
    public static (string? Address, string Silence) Serve(LabelFolder labels)
    {
        if (Unattended)
        {
            return (null, "Nothing is saved from this page: it was made without an editor.");
        }
        var (address, silence) = Listening.Value;
        if (address is null)
        {
            return (null, silence);
        }
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Folders[secret] = labels;
        return (address + secret, "");
    }

    private static (string? Address, string Silence) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = Invariant($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                using (ExecutionContext.SuppressFlow()) // it belongs to no cell
                {
                    _ = Task.Run(() => ServeAsync(listener));
                }
                return (address, "");
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Another program took the port in between.
            }
            catch (HttpListenerException e)
            {
                return (null, $"Nothing is saved from this page: the notebook's process cannot listen at {address} ({e.Message}).");
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task ServeAsync(HttpListener listener)
    {
        while (true)
        {
            var context = await listener.GetContextAsync().ConfigureAwait(false);
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var (status, text) = await AnswerAsync(context.Request).ConfigureAwait(false);
            var bytes = Encoding.UTF8.GetBytes(text);
            context.Response.StatusCode = (int)status;
            context.Response.Headers["Access-Control-Allow-Origin"] = "*"; // the page is the editor's
            context.Response.Headers["Cache-Control"] = "no-store";
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The page is gone. What it sent whole is saved.
        }
    }

    private static async Task<(HttpStatusCode, string)> AnswerAsync(HttpListenerRequest request)
    {
        if (!Folders.TryGetValue(request.Url!.AbsolutePath.TrimStart('/'), out var labels))
        {
            return (HttpStatusCode.NotFound, "The notebook's process does not know this page: run its cell again.");
        }
        try
        {
            if (request.HttpMethod == "POST")
            {
                if (request.ContentLength64 is < 0 or > MaxBytes)
                {
                    return (HttpStatusCode.RequestEntityTooLarge, Invariant($"The labels of one picture take more than {MaxBytes} bytes."));
                }
                var change = await JsonSerializer.DeserializeAsync<PictureChange>(request.InputStream, JsonSerializerOptions.Web).ConfigureAwait(false);
                Apply(change ?? new PictureChange("", null, null), labels);
            }
            return (HttpStatusCode.OK, JsonSerializer.Serialize(LabelState.Of(labels), JsonSerializerOptions.Web));
        }
        catch (Exception e)
        {
            return (HttpStatusCode.Conflict, e.Message); // whatever it is, the page tells it
        }
    }

    private static void Apply(PictureChange change, LabelFolder labels)
    {
        lock (Applying)
        {
            labels.Label(change.Name, change.On(labels.Pictures.FirstOrDefault(picture => picture.Name == change.Name)?.Boxes));
        }
    }
}
