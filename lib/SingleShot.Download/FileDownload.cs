using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SingleShot.Download;

/// <summary>Downloads a file, going on where an earlier attempt ended, and puts it in its place when it is whole and right.</summary>
/// <param name="client">What to ask with; the caller disposes of it.</param>
/// <param name="patience">How long a server may be silent; a minute when not given.</param>
public sealed class FileDownload(HttpClient client, TimeSpan? patience = null)
{
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromMinutes(1);

    /// <summary>Downloads a file, unless it is there already.</summary>
    /// <param name="file">What to download.</param>
    /// <param name="path">Where to; until it is whole, what has come is beside it, its name ending in <c>.partial</c>.</param>
    /// <param name="progress">Hears how many bytes have come, those of earlier attempts included; may be null.</param>
    /// <param name="stop">Stops it; what has come is kept.</param>
    /// <exception cref="DownloadException">
    /// No network, an error of the server's, another checksum than the published one (what came is deleted), or a disk that is full.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public async Task FetchAsync(RemoteFile file, string path, IProgress<long>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (File.Exists(path) && (file.Checksum is null || await file.Checksum.OfAsync(path, stop).ConfigureAwait(false) == file.Checksum))
            {
                return;
            }
            var partial = new PartialFile(path);
            RequireSpace(file, path, partial.Length);
            await TransferAsync(file, path, partial, progress, stop).ConfigureAwait(false);
            await CheckAsync(file, partial, stop).ConfigureAwait(false);
            partial.Finish();
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not DownloadException)
        {
            throw new DownloadException($"{path} cannot be written: {e.Message} What has come is kept; with the disk in order, it goes on from there.", e);
        }
    }

    private static void RequireSpace(RemoteFile file, string path, long have)
    {
        var free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        if (file.Bytes - have > free)
        {
            throw new DownloadException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name} needs {(file.Bytes - have) / 1e9:0.0} GB more, and the disk of {path} has {free / 1e9:0.0} GB left: free some, or name another folder."));
        }
    }

    /// <summary>Asks until everything has come, as long as each request brings something.</summary>
    private async Task TransferAsync(RemoteFile file, string path, PartialFile partial, IProgress<long>? progress, CancellationToken stop)
    {
        while (true)
        {
            var before = partial.Length;
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop);
            quiet.CancelAfter(_patience);
            try
            {
                if (await RequestAsync(file, partial, progress, quiet).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (Exception e) when (IsOfTheNetwork(e, stop))
            {
                if (partial.Length <= before)
                {
                    throw Unreachable(file, path, partial.Length, e);
                }
            }
        }
    }

    /// <summary>One request; false where the server wants it asked anew, from the start.</summary>
    private async Task<bool> RequestAsync(RemoteFile file, PartialFile partial, IProgress<long>? progress, CancellationTokenSource quiet)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
        // Without a checksum and without a version, nothing would show that the rest is of another file.
        if (partial.Length > 0 && (file.Checksum is not null || partial.Version is not null))
        {
            request.Headers.Range = new RangeHeaderValue(partial.Length, null);
            request.Headers.IfRange = partial.Version;
        }
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, quiet.Token).ConfigureAwait(false);
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && partial.Length > 0)
        {
            if (range?.Length == partial.Length)
            {
                return true; // all of it had come before
            }
            partial.Delete();
            return false;
        }
        if (!response.IsSuccessStatusCode)
        {
            throw new DownloadException(
                $"{file.Address} answers {(int)response.StatusCode} {response.ReasonPhrase}: look whether it has moved; data/README.md says where everything comes from.");
        }
        if (response.StatusCode == HttpStatusCode.PartialContent && range?.From != partial.Length)
        {
            partial.Delete();
            return false;
        }
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            partial.Delete(); // the server sends all of it, whatever was asked for
        }
        partial.Keep(response);
        await CopyAsync(response, partial, progress, quiet).ConfigureAwait(false);
        return true;
    }

    private async Task CopyAsync(HttpResponseMessage response, PartialFile partial, IProgress<long>? progress, CancellationTokenSource quiet)
    {
        using var body = await response.Content.ReadAsStreamAsync(quiet.Token).ConfigureAwait(false);
        using var disk = partial.Append();
        var buffer = new byte[1 << 17];
        while (await ReadAsync(body, buffer, quiet.Token).ConfigureAwait(false) is var count && count > 0)
        {
            disk.Write(buffer, 0, count);
            progress?.Report(disk.Position);
            quiet.CancelAfter(_patience);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await body.ReadAsync(buffer, stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e); // of the network, not of the disk
        }
    }

    private static async Task CheckAsync(RemoteFile file, PartialFile partial, CancellationToken stop)
    {
        if (file.Checksum is { } published && await published.OfAsync(partial.Path, stop).ConfigureAwait(false) is var found && found != published)
        {
            partial.Delete();
            throw new DownloadException(
                $"{file.Address} has the {found}, not the published {published.Digits}: it was damaged on the way, or is another file now. "
                + "It has been deleted; try again.");
        }
    }

    private static bool IsOfTheNetwork(Exception e, CancellationToken stop) =>
        e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    private DownloadException Unreachable(RemoteFile file, string path, long have, Exception e)
    {
        var reason = e is OperationCanceledException ? $"nothing came for {_patience.TotalSeconds:0} s" : e.Message;
        var kept = have > 0 ? $" The {have} bytes that have come are kept, and the next attempt goes on from there." : "";
        return new DownloadException(
            $"{file.Address} cannot be reached: {reason} Is there a network? Without one, download the file elsewhere and put it at {path}.{kept}", e);
    }
}

/// <summary>A file that could not be downloaded; the message says why, and what to do.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>An exception with a message.</summary>
    public DownloadException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and what led to it.</summary>
    public DownloadException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
