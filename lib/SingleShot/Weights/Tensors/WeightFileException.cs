namespace SingleShot.Weights.Tensors;

/// <summary>A weights file that is damaged, hostile, or of other weights than were asked for; the message says which, where and what to do.</summary>
public sealed class WeightFileException : IOException
{
    /// <summary>An error without a description.</summary>
    public WeightFileException()
    {
    }

    /// <summary>An error described in a sentence.</summary>
    public WeightFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error described in a sentence, and what led to it.</summary>
    public WeightFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
