namespace SingleShot.Weights.Naming;

/// <summary>Finds out what names a file has, and what stands before them (<c>module.</c>, <c>model.state_dict.</c>).</summary>
internal static class NameSearch
{
    /// <summary>A scheme that a file may have, and how many of the network's tensors it finds there.</summary>
    public sealed record Candidate(NamingScheme Naming, string Prefix, int Found);

    /// <summary>Counts what each scheme finds under each prefix.</summary>
    /// <param name="schemes">The schemes.</param>
    /// <param name="wanted">The network's names.</param>
    /// <param name="present">The file's.</param>
    /// <param name="prefix">The only prefix to look under; any when null.</param>
    /// <returns>Those that find something, the best first; of equals the scheme named first, then the prefix that comes first in the file.</returns>
    public static IReadOnlyList<Candidate> Run(
        IEnumerable<NamingScheme> schemes, IReadOnlyList<string> wanted, IReadOnlyList<string> present, string? prefix) =>
        [.. schemes.SelectMany(scheme => Count(scheme, wanted, present, prefix)).OrderByDescending(candidate => candidate.Found)];

    private static IEnumerable<Candidate> Count(
        NamingScheme scheme, IReadOnlyList<string> wanted, IReadOnlyList<string> present, string? prefix)
    {
        var theirs = wanted.Select(scheme.NameOf).OfType<string>().ToHashSet();
        var lookup = theirs.GetAlternateLookup<ReadOnlySpan<char>>();
        var maxDots = theirs.Select(name => name.Count(letter => letter == '.')).DefaultIfEmpty().Max();
        var found = new OrderedDictionary<string, int>();
        foreach (var name in present)
        {
            // Whatever stands before one of the scheme's names ends with a dot: the ends of this name after each of its last dots are tried.
            var begin = name.Length;
            for (var dots = 0; dots <= maxDots && begin >= 0; dots++)
            {
                begin = begin == 0 ? -1 : name.LastIndexOf('.', begin - 1);
                if (lookup.Contains(name.AsSpan(begin + 1)) && (prefix is null || name.AsSpan(0, begin + 1).SequenceEqual(prefix)))
                {
                    var before = name[..(begin + 1)];
                    found[before] = found.GetValueOrDefault(before) + 1;
                }
            }
        }
        return found.Select(entry => new Candidate(scheme, entry.Key, entry.Value));
    }
}
