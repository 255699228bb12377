using System.Text.Json;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Weights;
using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Training;

/// <summary>A training run on disk: weights, momentum, settings and history, enough to go on as if it had never stopped.</summary>
/// <remarks>
/// One .safetensors file: the network's tensors under <c>network.</c>, their running average, if there is one, under <c>average.</c>, the
/// optimizer's momentum under <c>momentum.</c>, by the names of the parameters; the specification, settings and history as JSON in the file's metadata. It is written whole under
/// another name first: a run that is cut off, or a full disk, leaves the file that was there.
/// </remarks>
public static class Checkpoint
{
    private const string Network = "network.";
    private const string Average = "average.";
    private const string Momentum = "momentum.";

    /// <summary>Saves where a training run stands.</summary>
    /// <param name="path">The file, replaced if it exists; its folder is made.</param>
    /// <param name="trainer">The run, between two steps: from the callback of a step, or while no call trains.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="InvalidOperationException">A weight, a buffer or a momentum is NaN or infinite; what was there is still there.</exception>
    public static void Save(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        var tensors = trainer.Network.state_dict().Select(entry => (Network + entry.Key, entry.Value)).ToList();
        tensors.AddRange(trainer.Average?.Values.Select(entry => (Average + entry.Key, entry.Value)) ?? []);
        tensors.AddRange(trainer.Network.named_parameters().Zip(trainer.Optimizer.Velocities)
            .Where(pair => pair.Second is not null)
            .Select(pair => (Momentum + pair.First.name, pair.Second!)));
        Write(path, tensors, new Dictionary<string, string>
        {
            ["specification"] = trainer.Network.Specification.ToJson(),
            ["settings"] = JsonSerializer.Serialize(trainer.Settings),
            ["history"] = JsonSerializer.Serialize(trainer.History),
        });
    }

    /// <summary>Saves a network to detect with: weights and specification, without what a training would need to go on. The file is half as large.</summary>
    /// <param name="path">The file, replaced if it exists; its folder is made.</param>
    /// <param name="network">The network. Of a run that keeps an average, <see cref="LoadNetwork"/> gives the one with the averaged weights.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="InvalidOperationException">A weight or a buffer is NaN or infinite; what was there is still there.</exception>
    public static void SaveNetwork(string path, SsdNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        var tensors = network.state_dict().Select(entry => (Network + entry.Key, entry.Value)).ToList();
        Write(path, tensors, new Dictionary<string, string> { ["specification"] = network.Specification.ToJson() });
    }

    private static void Write(string path, List<(string Name, Tensor Value)> tensors, Dictionary<string, string> metadata)
    {
        if (Finiteness.NotFinite(tensors) is [var bad, ..] all)
        {
            throw new InvalidOperationException(
                $"{path} is not written, and a file that was there is as it was: {Described(bad, all.Count - 1)}. "
                + "The training has diverged; go on from the last good checkpoint with a lower learning rate.");
        }
        PrepareFolder(path);
        SafetensorsFile.Write(path, tensors, metadata);
    }

    /// <summary>Builds the network of a checkpoint, to detect with.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The trained network, on the CPU; with the averaged weights, where the training kept an average.</returns>
    /// <exception cref="WeightFileException">The file is damaged.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a checkpoint, or a tensor of the network is NaN or infinite in it; the message says which.
    /// </exception>
    public static SsdNetwork LoadNetwork(string path)
    {
        using var content = SafetensorsFile.Read(path);
        var network = Build(Metadata(content, "specification", path), path);
        try
        {
            var weights = HasAverage(content) ? Average : Network;
            CheckNetwork(content, weights, network, path);
            CopyNetwork(content, weights, network);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What stands before the names of the weights that a checkpoint detects with, to load them by <see cref="WeightLoading.Prefix"/>.</summary>
    /// <param name="path">A file of weights.</param>
    /// <returns>Null where the file is none of these checkpoints.</returns>
    /// <exception cref="WeightFileException">The file is damaged.</exception>
    public static string? WeightsPrefix(string path)
    {
        using var content = WeightFile.Read(path);
        return content.Metadata.ContainsKey("specification") ? HasAverage(content) ? Average : Network : null;
    }

    /// <summary>
    /// Puts a training run where a checkpoint left it: weights, momentum, average and history. The trainer's settings stay its own. Where they ask for an
    /// average that the checkpoint does not have, it begins with the checkpoint's weights.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">A run of the same specification.</param>
    /// <exception cref="WeightFileException">The file is damaged. The run is left as it was.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a checkpoint, is of another specification, or has NaN or infinity; the message says where. The run is left as it was.
    /// </exception>
    public static void Resume(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var content = SafetensorsFile.Read(path);
        CheckSpecification(Metadata(content, "specification", path), trainer.Network.Specification.ToJson(), path);
        var history = History(Metadata(content, "history", path), path);
        var parameters = trainer.Network.named_parameters().ToList();
        var saved = parameters.ConvertAll(entry => content.Tensors.GetValueOrDefault(Momentum + entry.name));
        foreach (var ((name, parameter), velocity) in parameters.Zip(saved).Where(pair => pair.Second is not null))
        {
            CheckShape(Momentum + name, velocity, parameter.shape, path);
        }
        CheckFinite(content, parameters.Select(entry => Momentum + entry.name).Where(content.Tensors.ContainsKey), path);
        var average = HasAverage(content) ? Average : Network;
        CheckNetwork(content, Network, trainer.Network, path);
        CheckNetwork(content, average, trainer.Network, path);
        CopyNetwork(content, Network, trainer.Network);
        trainer.Average?.Continue(NamedAs(average, content), history.Count);
        for (var i = 0; i < saved.Count; i++)
        {
            trainer.Optimizer.Continue(i, saved[i]?.to(trainer.Device, copy: true).DetachFromDisposeScope());
        }
        trainer.Continue(history);
    }

    private static bool HasAverage(NamedTensors content) => content.Tensors.Keys.Any(name => name.StartsWith(Average, StringComparison.Ordinal));

    private static Dictionary<string, Tensor> NamedAs(string prefix, NamedTensors content) => content.Tensors
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private static void CheckNetwork(NamedTensors content, string prefix, SsdNetwork network, string path)
    {
        foreach (var (name, value) in network.state_dict())
        {
            CheckShape(prefix + name, content.Tensors.GetValueOrDefault(prefix + name), value.shape, path);
        }
        CheckFinite(content, network.state_dict().Keys.Select(name => prefix + name), path);
    }

    private static void CopyNetwork(NamedTensors content, string prefix, SsdNetwork network)
    {
        using var gradients = no_grad();
        foreach (var (name, value) in network.state_dict())
        {
            value.copy_(content.Tensors[prefix + name]);
        }
    }

    private static void CheckShape(string name, Tensor? saved, long[] wanted, string path)
    {
        if (saved is null || !saved.shape.SequenceEqual(wanted))
        {
            throw new InvalidDataException(
                $"{path}: tensor {name} of shape [{string.Join(", ", wanted)}] is "
                + (saved is null ? "missing." : $"[{string.Join(", ", saved.shape)}] there."));
        }
    }

    private static void CheckFinite(NamedTensors content, IEnumerable<string> names, string path)
    {
        if (Finiteness.NotFinite(names.Select(name => (name, content.Tensors[name]))) is [var bad, ..] all)
        {
            throw new InvalidDataException(
                $"{path}: {Described(bad, all.Count - 1)}. The training that made it has diverged, or had a single value to normalize; take an earlier "
                + $"checkpoint. To look at it all the same, load it by {nameof(PublishedWeights)} with {nameof(WeightLoading.AllowNotFinite)}.");
        }
    }

    private static string Described((string Name, Tensor Value) bad, int others) =>
        $"tensor {bad.Name} is NaN or infinite in {Finiteness.CountNotFinite(bad.Value)} of {bad.Value.NumberOfElements} numbers"
        + (others == 0 ? "" : $", and so are {others} more");

    /// <summary>Makes the folder that a checkpoint is to go to. Call it before a long training: it is better told then that there is no such place.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void PrepareFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written, for its folder cannot be made: {e.Message} Name another place.", e);
        }
    }

    private static SsdNetwork Build(string specification, string path)
    {
        try
        {
            return new SsdNetwork(SsdSpecification.FromJson(specification), seed: 0);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: no network can be built from its specification: {e.Message}", e);
        }
    }

    private static SsdSpecification Specification(string json, string path)
    {
        try
        {
            return SsdSpecification.FromJson(json);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: its specification cannot be read: {e.Message}", e);
        }
    }

    private static List<TrainingStep> History(string json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<List<TrainingStep>>(json) ?? throw new InvalidDataException($"{path}: its history is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: its history cannot be read: {e.Message}", e);
        }
    }

    private static string Metadata(NamedTensors content, string key, string path) => content.Metadata.TryGetValue(key, out var value)
        ? value
        : throw new InvalidDataException($"{path}: not a checkpoint, for it has no {key}. Weights alone cannot be trained on from here.");

    private static void CheckSpecification(string json, string wanted, string path)
    {
        // Read and written again, so that a file from before a specification said as much as it does now compares equal.
        var saved = Specification(json, path).ToJson();
        if (saved == wanted)
        {
            return;
        }
        string[] savedLines = saved.Split('\n'), wantedLines = wanted.Split('\n');
        var line = savedLines.Zip(wantedLines).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new InvalidDataException(
            $"{path} is of another specification. The first difference: there {savedLines.ElementAtOrDefault(line)?.Trim()}, "
            + $"here {wantedLines.ElementAtOrDefault(line)?.Trim()}. Load it with Checkpoint.LoadNetwork, or train the model that it is of.");
    }
}
