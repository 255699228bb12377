using System.Globalization;

namespace SingleShot.Weights.Naming;

/// <summary>What of a file came into a network, and what did not.</summary>
/// <param name="Naming">The names that the file has.</param>
/// <param name="Prefix">What stands before each of them.</param>
/// <param name="Loaded">The network's tensors that were loaded, by the network's names.</param>
/// <param name="Missing">Those that the file should have and has not, by the file's names.</param>
/// <param name="Extra">The file's tensors that the network has no place for, by the file's names.</param>
/// <param name="Mismatched">Those that are of another shape in the file.</param>
public sealed record LoadReport(
    NamingScheme Naming, string Prefix, IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Missing, IReadOnlyList<string> Extra, IReadOnlyList<MismatchedTensor> Mismatched)
{
    /// <summary>How many tensors were loaded, by whose names, and how many were not and why.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Loaded.Count} tensors loaded, by the names of {Naming}; {Missing.Count} missing in the file, {Mismatched.Count} of another shape there, {Extra.Count} that the network has no place for");
}

/// <summary>A tensor that is not in the file as the network wants it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Wanted">Its shape in the network.</param>
/// <param name="Found">Its shape in the file.</param>
public sealed record MismatchedTensor(string Name, IReadOnlyList<long> Wanted, IReadOnlyList<long> Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Found)}], wanted [{string.Join(", ", Wanted)}]";
}
