using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Weights.Naming;
using SingleShot.Weights.Tensors;

namespace SingleShot.Weights;

/// <summary>Puts the weights that the field publishes into a network, and hands a network's weights back.</summary>
/// <remarks>
/// A file may be a .pth or a .safetensors, its names those of torchvision, amdegroot or lufficc, with whatever before them
/// (<c>module.</c>, <c>state_dict.</c>, <c>model.</c>): all of this is found out. Where something is missing, extra, of another shape
/// or not finite, the error lists it and the network stays as it was.
/// </remarks>
public static class PublishedWeights
{
    /// <summary>Builds a network with published weights, to detect with.</summary>
    /// <param name="specification">The model, of the classes that the weights are for.</param>
    /// <param name="path">The file.</param>
    /// <param name="how">Where the usual way will not do.</param>
    /// <returns>The network, on the CPU.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, or its weights do not fit.</exception>
    public static SsdNetwork LoadNetwork(SsdSpecification specification, string path, WeightLoading? how = null)
    {
        using var file = WeightFile.Read(path);
        var network = new SsdNetwork(specification, seed: 0);
        try
        {
            Load(network, file, path, isBackbone: false, how ?? new WeightLoading());
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Loads the weights of a whole SSD.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="path">The file; numbers of another precision are converted to the network's.</param>
    /// <param name="how">Where the usual way will not do.</param>
    /// <returns>What was loaded; with <see cref="WeightLoading.Partial"/> also what was not.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, or its weights do not fit; the network is as it was.</exception>
    public static LoadReport Load(SsdNetwork network, string path, WeightLoading? how = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var file = WeightFile.Read(path);
        return Load(network, file, path, isBackbone: false, how ?? new WeightLoading());
    }

    /// <summary>Loads the weights of VGG16 into a network that stands on it, to train an SSD from; the other layers stay as they are.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="path">A file of torchvision's VGG16, or the reduced VGG16 of SSD's authors.</param>
    /// <param name="how">Where the usual way will not do.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, or its weights do not fit; the network is as it was.</exception>
    public static LoadReport LoadBackbone(SsdNetwork network, string path, WeightLoading? how = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var file = WeightFile.Read(path);
        return Load(network, file, path, isBackbone: true, how ?? new WeightLoading());
    }

    /// <summary>Saves a network's weights, wholly or not at all: as .pth for <c>torch.load</c>, or as .safetensors.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="path">The file to make or replace, which ends with .pth, .pt or .safetensors; its folder has to be there.</param>
    /// <param name="naming">The names; torchvision's when left out, so that its model of the same layers loads the file strictly.</param>
    /// <exception cref="ArgumentException">The path ends otherwise, or the scheme has no names for some of the network's tensors.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there is as it was.</exception>
    public static void Save(SsdNetwork network, string path, NamingScheme? naming = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        naming ??= NamingScheme.Torchvision;
        WeightFile.Write(path, [.. network.state_dict().Select(entry => (
            Applies(naming, network) && !naming.IsBackbone && naming.NameOf(entry.Key) is { } name
                ? name
                : throw new ArgumentException($"{naming} has no name for {entry.Key} of {network.Specification.Name}.", nameof(naming)),
            entry.Value))]);
    }

    private static LoadReport Load(SsdNetwork network, NamedTensors file, string path, bool isBackbone, WeightLoading how)
    {
        var entries = network.state_dict();
        var plan = new WeightPlan(Find(network, [.. entries.Keys], file, path, isBackbone, how), entries, file);
        if (!how.Partial)
        {
            plan.RequireWhole(path);
        }
        if (!how.AllowNotFinite)
        {
            plan.RequireFinite(path);
        }
        return plan.CopyToNetwork();
    }

    private static NameSearch.Candidate Find(
        SsdNetwork network, IReadOnlyList<string> wanted, NamedTensors file, string path, bool isBackbone, WeightLoading how)
    {
        var schemes = NamingScheme.All.Where(scheme => Applies(scheme, network) && (how.Naming is null || scheme == how.Naming)).ToList();
        var candidates = NameSearch.Run(schemes.Where(scheme => scheme.IsBackbone == isBackbone), wanted, file.Names, how.Prefix);
        if (candidates.Count == 0)
        {
            var others = NameSearch.Run(schemes.Where(scheme => scheme.IsBackbone != isBackbone), wanted, file.Names, how.Prefix);
            throw new WeightFileException(others.Count > 0
                ? $"{path} has the names of {others[0].Naming}: load it by {(isBackbone ? nameof(Load) : nameof(LoadBackbone))}."
                : $"{path} has none of the names that weights of {network.Specification.Name} have. Its first are "
                    + $"{string.Join(", ", file.Names.Take(3).DefaultIfEmpty("none"))}; known are, for instance, "
                    + $"{string.Join(", ", schemes.Select(scheme => $"{scheme.NameOf(wanted.First(name => scheme.NameOf(name) is not null))} ({scheme})"))}."
                    + (file.Skipped.Count > 0 ? $" Not read, for it is no tensor: {string.Join("; ", file.Skipped.Take(3))}." : ""));
        }
        var best = candidates[0];
        string[] prefixes = [.. candidates.Where(other => other.Naming == best.Naming && other.Found == best.Found).Select(other => $"'{other.Prefix}'")];
        return prefixes.Length == 1 ? best : throw new WeightFileException(
            $"{path} has several sets of weights, under {string.Join(", ", prefixes)}: say which as {nameof(WeightLoading.Prefix)}.");
    }

    // All but torchvision count the layers of VGG16.
    private static bool Applies(NamingScheme scheme, SsdNetwork network) => scheme.IsOurs || network.Specification.Base == BaseNetwork.Vgg16;
}

/// <summary>How to load weights, where the usual way will not do: every tensor there, of its shape, and of finite numbers.</summary>
public sealed record WeightLoading
{
    /// <summary>The names in the file; those that fit best when left out.</summary>
    public NamingScheme? Naming { get; init; }

    /// <summary>
    /// What stands before every name, for instance <c>ema.</c>; whatever it is when left out. Needed where the file has several sets of weights.
    /// </summary>
    public string? Prefix { get; init; }

    /// <summary>Load what fits though tensors are missing, extra or of another shape, as when the classes are others.</summary>
    public bool Partial { get; init; }

    /// <summary>Load weights that are NaN or infinite.</summary>
    public bool AllowNotFinite { get; init; }
}
