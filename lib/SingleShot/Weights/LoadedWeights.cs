namespace SingleShot.Weights;

/// <summary>What of a file came into a network, and what did not.</summary>
/// <param name="Naming">The names that the file has.</param>
/// <param name="Prefix">What stands before each of them.</param>
/// <param name="Loaded">The network's tensors that were loaded, by the network's names.</param>
/// <param name="Missing">Those that the file should have and has not, by the file's names.</param>
/// <param name="Extra">The file's tensors that the network has no place for, by the file's names.</param>
/// <param name="Mismatched">Those that are of another shape in the file.</param>
public sealed record LoadedWeights(
    NamingScheme Naming, string Prefix, IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Missing, IReadOnlyList<string> Extra, IReadOnlyList<MismatchedTensor> Mismatched);
