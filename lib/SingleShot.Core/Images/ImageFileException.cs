namespace SingleShot.Images;

/// <summary>A file that should hold a picture and does not; the message names the file and says what to do.</summary>
public sealed class ImageFileException : IOException
{
    /// <summary>An error without a description.</summary>
    public ImageFileException()
    {
    }

    /// <summary>An error described in a sentence.</summary>
    public ImageFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error described in a sentence, and what led to it.</summary>
    public ImageFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
