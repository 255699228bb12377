using System.Globalization;

namespace SingleShot.Download;

/// <summary>Brings data sets and weights to this machine.</summary>
public static class Downloader
{
    /// <summary>Downloads and unpacks what is not there yet.</summary>
    /// <param name="download">One of <see cref="KnownDownload.All"/>, or one's own.</param>
    /// <param name="folder">The folder of all data: <c>data</c>.</param>
    /// <param name="output">Hears what happens, a line at a time.</param>
    /// <param name="client">What to ask with; one of its own when not given.</param>
    /// <param name="stop">Stops it; what has come is kept, and the next call goes on from there.</param>
    /// <exception cref="DownloadException">No network, a wrong checksum and the like; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">An archive cannot be unpacked.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static async Task RunAsync(
        KnownDownload download, string folder, TextWriter output, HttpClient? client = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(download);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(output);
        // The time of a whole download has no bound; how long a server may be silent has one of its own.
        using var own = client is null ? new HttpClient { Timeout = Timeout.InfiniteTimeSpan } : null;
        var fetching = new FileDownload(client ?? own!);
        foreach (var part in download.Parts)
        {
            var file = part.File;
            if (part.IsThere(folder))
            {
                output.WriteLine($"{file.Name}: what is in it is there already");
                continue;
            }
            var isArchive = Archive.IsNamedSo(file.Name);
            var path = Path.Combine(folder, isArchive ? "downloads" : part.Folder, file.Name);
            output.WriteLine($"{file.Name}: {(file.Bytes is { } bytes ? $"{Megabytes(bytes)} " : "")}from {file.Address}");
            await fetching.FetchAsync(file, path, new Tenths(file, output), stop).ConfigureAwait(false);
            output.WriteLine($"{file.Name}: {(file.Checksum is null ? "whole; nobody published a checksum" : "whole, its checksum is right")}");
            if (isArchive)
            {
                Archive.Unpack(path, Path.Combine(folder, part.Folder));
                if (!part.IsThere(folder))
                {
                    throw new InvalidDataException($"{path} was unpacked into {folder}, but not everything is there that {download.Name} should have.");
                }
                File.Delete(path);
            }
        }
        output.WriteLine($"{download.Name} is in {Path.GetFullPath(folder)}");
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB");

    /// <summary>Writes a line for each tenth of a file.</summary>
    private sealed class Tenths(RemoteFile file, TextWriter output) : IProgress<long>
    {
        private long _told = -1;

        public void Report(long value)
        {
            var tenth = file.Bytes is { } all and > 0 ? 10 * value / all : value >> 30;
            if (tenth > _told)
            {
                _told = tenth;
                output.WriteLine(file.Bytes is null ? $"{file.Name}: {Megabytes(value)}" : $"{file.Name}: {10 * tenth} %");
            }
        }
    }
}
