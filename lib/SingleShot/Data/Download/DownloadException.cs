namespace SingleShot.Data.Download;

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
