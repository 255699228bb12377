namespace SingleShot.Weights;

/// <summary>What has to hold of a file.</summary>
internal static class FormatRule
{
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
