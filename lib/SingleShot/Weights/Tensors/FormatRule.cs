namespace SingleShot.Weights.Tensors;

/// <summary>What has to hold of a file.</summary>
internal static class FormatRule
{
    /// <summary>The most tensors that a file may have; published models have some hundreds.</summary>
    public const int MaxTensors = 100_000;

    /// <summary>libtorch's iterators hold shapes of at most this many dimensions.</summary>
    public const int MaxDimensions = 64;

    /// <summary>The longest pickle that is read, in bytes: a hundred for a tensor are usual.</summary>
    public const int MaxPickleBytes = 32 << 20;

    /// <summary>Fails unless a rule is kept.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="reason">What is wrong otherwise, as a sentence that follows the file's name.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException(reason);
        }
    }
}
