using SingleShot.Runtime;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights.Naming;

/// <summary>Which tensor of a file goes where in a network, and what does not fit.</summary>
internal sealed class WeightPlan
{
    private const int MaxListed = 12;

    private readonly NameSearch.Candidate _found;
    private readonly List<(string Ours, string Theirs, Tensor From, Tensor To)> _pairs = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _extra;
    private readonly List<MismatchedTensor> _mismatched = [];

    /// <param name="found">The file's names.</param>
    /// <param name="network">The network's tensors by name.</param>
    /// <param name="file">The file's.</param>
    public WeightPlan(NameSearch.Candidate found, IReadOnlyDictionary<string, Tensor> network, NamedTensors file)
    {
        _found = found;
        var used = new HashSet<string>();
        foreach (var (ours, to) in network)
        {
            if (found.Naming.NameOf(ours) is not { } name)
            {
                continue; // a base network's file has no more than the base
            }
            var theirs = found.Prefix + name;
            used.Add(theirs);
            if (!file.Tensors.TryGetValue(theirs, out var from))
            {
                _missing.Add(theirs);
            }
            else if (!from.shape.SequenceEqual(to.shape))
            {
                _mismatched.Add(new MismatchedTensor(theirs, to.shape, from.shape));
            }
            else
            {
                _pairs.Add((ours, theirs, from, to));
            }
        }
        _extra =
        [
            .. file.Names.Where(name => name.StartsWith(found.Prefix, StringComparison.Ordinal) && !used.Contains(name) && !IsIgnored(name)),
        ];
    }

    /// <summary>Fails unless everything is there, in its shape, and nothing else.</summary>
    /// <exception cref="WeightFileException">The message lists what is missing, extra or of another shape.</exception>
    public void RequireWhole(string path)
    {
        if (_missing.Count + _extra.Count + _mismatched.Count > 0)
        {
            throw new WeightFileException(
                $"{path} has the names of {_found.Naming} but does not fit the network, which is as it was. "
                + Listed("Missing", _missing) + Listed("Extra", _extra) + Listed("Of another shape", _mismatched)
                + "Is it of this model and these classes? To load what fits, say Partial.");
        }
    }

    /// <summary>Fails if a weight that goes into the network is NaN or infinite.</summary>
    /// <exception cref="WeightFileException">The message names the tensors.</exception>
    public void RequireFinite(string path)
    {
        string[] bad = [.. _pairs.Where(pair => !IsFinite(pair.From, pair.To.dtype)).Select(pair => pair.Theirs)];
        if (bad.Length > 0)
        {
            throw new WeightFileException(
                $"{path} has weights that are NaN or infinite as {_pairs[0].To.dtype}. {Listed("They are in", bad)}The network is as it was. "
                + "The training that made them may have diverged; to load them all the same, say AllowNotFinite.");
        }
    }

    /// <summary>Copies the weights into the network.</summary>
    public LoadReport CopyToNetwork()
    {
        using var gradients = no_grad();
        foreach (var (_, _, from, to) in _pairs)
        {
            to.copy_(from);
        }
        return new LoadReport(_found.Naming, _found.Prefix, [.. _pairs.Select(pair => pair.Ours)], _missing, _extra, _mismatched);
    }

    private bool IsIgnored(string name) =>
        _found.Naming.Ignored.Any(ignored => name.AsSpan(_found.Prefix.Length).StartsWith(ignored, StringComparison.Ordinal));

    private static bool IsFinite(Tensor from, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return from.to(type).IsFinite();
    }

    private static string Listed<T>(string what, IReadOnlyCollection<T> names) => names.Count == 0
        ? ""
        : $"{what} ({names.Count}): {string.Join("; ", names.Take(MaxListed))}"
            + (names.Count > MaxListed ? $"; and {names.Count - MaxListed} more. " : ". ");
}
