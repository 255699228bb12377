using System.Text.Json;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>A checkpoint as it was read: each part is looked at when it is asked for, so that a run takes over only what is sound.</summary>
internal sealed class CheckpointContent : IDisposable
{
    public const string Network = "network.";
    public const string Average = "average.";
    public const string Momentum = "momentum.";

    public const string Specification = "specification";
    public const string Settings = "settings";
    public const string History = "history";

    private readonly string _path;
    private readonly NamedTensors _content;

    private CheckpointContent(string path, NamedTensors content) => (_path, _content) = (path, content);

    /// <summary>What stands before the names of the weights to detect with: the average, where the training kept one.</summary>
    public string DetectsWith => WeightsPrefix(_content);

    /// <exception cref="WeightFileException">The file is damaged.</exception>
    public static CheckpointContent Read(string path) => new(path, SafetensorsFile.Read(path));

    public static string WeightsPrefix(NamedTensors content) =>
        content.Names.Any(name => name.StartsWith(Average, StringComparison.Ordinal)) ? Average : Network;

    /// <summary>A tensor that is not finite, in words.</summary>
    /// <param name="bad">The tensor.</param>
    /// <param name="others">How many more there are.</param>
    public static string Described((string Name, Tensor Value) bad, int others) =>
        $"tensor {bad.Name} is NaN or infinite in {Finiteness.CountNotFinite(bad.Value)} of {bad.Value.NumberOfElements} numbers"
        + (others == 0 ? "" : $", and so are {others} more");

    /// <summary>A network of the checkpoint's specification, with fresh weights.</summary>
    /// <exception cref="InvalidDataException">There is no specification, or none that a network can be built from.</exception>
    public SsdNetwork BuildNetwork()
    {
        var json = Text(Specification);
        try
        {
            return new SsdNetwork(SsdSpecification.FromJson(json), seed: 0);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{_path}: no network can be built from its specification: {e.Message}", e);
        }
    }

    /// <summary>Sees to it that the checkpoint is of this specification.</summary>
    /// <exception cref="InvalidDataException">It is of another; the message has the first difference.</exception>
    public void RequireSpecification(SsdSpecification wanted)
    {
        // Read and written again, so that a file from before a specification said as much as it does now compares equal.
        string[] savedLines = ReadSpecification().ToJson().Split('\n'), wantedLines = wanted.ToJson().Split('\n');
        if (savedLines.SequenceEqual(wantedLines))
        {
            return;
        }
        var line = savedLines.Zip(wantedLines).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new InvalidDataException(
            $"{_path} is of another specification. The first difference: there {savedLines.ElementAtOrDefault(line)?.Trim()}, "
            + $"here {wantedLines.ElementAtOrDefault(line)?.Trim()}. Load it with Checkpoint.LoadNetwork, or train the model that it is of.");
    }

    /// <summary>Every step of the run that was saved.</summary>
    /// <exception cref="InvalidDataException">There is no history, or it cannot be read.</exception>
    public IReadOnlyList<TrainingStep> ReadHistory()
    {
        try
        {
            return JsonSerializer.Deserialize<List<TrainingStep>>(Text(History)) ?? throw new InvalidDataException($"{_path}: its history is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{_path}: its history cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The tensors of a network by the network's own names.</summary>
    /// <param name="prefix">What stands before their names in the file.</param>
    /// <param name="network">The network that they are to go to.</param>
    /// <exception cref="InvalidDataException">One is missing, has another shape, or is not finite.</exception>
    public IReadOnlyDictionary<string, Tensor> Tensors(string prefix, SsdNetwork network)
    {
        var found = new Dictionary<string, Tensor>();
        foreach (var (name, value) in network.state_dict())
        {
            found[name] = Shaped(prefix + name, value.shape) ?? throw NotThere(prefix + name, value.shape, "missing.");
        }
        RequireFinite(found.Select(entry => (prefix + entry.Key, entry.Value)));
        return found;
    }

    /// <summary>The momentum of each parameter, in the network's order; null for one that had none yet.</summary>
    /// <exception cref="InvalidDataException">One has another shape, or is not finite.</exception>
    public IReadOnlyList<Tensor?> Velocities(SsdNetwork network)
    {
        var parameters = network.named_parameters().ToList();
        var found = parameters.ConvertAll(entry => Shaped(Momentum + entry.name, entry.parameter.shape));
        RequireFinite(parameters.Zip(found).Where(pair => pair.Second is not null).Select(pair => (Momentum + pair.First.name, pair.Second!)));
        return found;
    }

    public void Dispose() => _content.Dispose();

    private string Text(string key) => _content.Metadata.TryGetValue(key, out var value)
        ? value
        : throw new InvalidDataException($"{_path}: not a checkpoint, for it has no {key}. Weights alone cannot be trained on from here.");

    private SsdSpecification ReadSpecification()
    {
        var json = Text(Specification);
        try
        {
            return SsdSpecification.FromJson(json);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{_path}: its specification cannot be read: {e.Message}", e);
        }
    }

    private Tensor? Shaped(string name, long[] wanted) => !_content.Tensors.TryGetValue(name, out var saved) || saved.shape.SequenceEqual(wanted)
        ? saved
        : throw NotThere(name, wanted, $"[{string.Join(", ", saved.shape)}] there.");

    private InvalidDataException NotThere(string name, long[] wanted, string what) =>
        new($"{_path}: tensor {name} of shape [{string.Join(", ", wanted)}] is {what}");

    private void RequireFinite(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        if (Finiteness.NotFinite(tensors) is [var bad, ..] all)
        {
            throw new InvalidDataException(
                $"{_path}: {Described(bad, all.Count - 1)}. The training that made it has diverged, or had a single value to normalize; take an earlier "
                + $"checkpoint. To look at it all the same, load it by {nameof(PublishedWeights)} with {nameof(WeightLoading.AllowNotFinite)}.");
        }
    }
}
