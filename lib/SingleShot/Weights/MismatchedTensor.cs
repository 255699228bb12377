namespace SingleShot.Weights;

/// <summary>A tensor that is not in the file as the network wants it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Wanted">Its shape in the network.</param>
/// <param name="Found">Its shape in the file.</param>
public sealed record MismatchedTensor(string Name, IReadOnlyList<long> Wanted, IReadOnlyList<long> Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Found)}], wanted [{string.Join(", ", Wanted)}]";
}
