using System.Text.Json;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Runtime.Files;
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
    /// <summary>Saves where a training run stands.</summary>
    /// <param name="path">The file, replaced if it exists; its folder is made.</param>
    /// <param name="trainer">The run, between two steps: from the callback of a step, or while no call trains.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="InvalidOperationException">A weight, a buffer or a momentum is NaN or infinite; what was there is still there.</exception>
    public static void Save(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        var tensors = trainer.Network.state_dict().Select(entry => (CheckpointContent.Network + entry.Key, entry.Value)).ToList();
        tensors.AddRange(trainer.Average?.Values.Select(entry => (CheckpointContent.Average + entry.Key, entry.Value)) ?? []);
        tensors.AddRange(trainer.Network.named_parameters().Zip(trainer.Optimizer.Velocities)
            .Where(pair => pair.Second is not null)
            .Select(pair => (CheckpointContent.Momentum + pair.First.name, pair.Second!)));
        Write(path, tensors, new Dictionary<string, string>
        {
            [CheckpointContent.Specification] = trainer.Network.Specification.ToJson(),
            [CheckpointContent.Settings] = JsonSerializer.Serialize(trainer.Settings),
            [CheckpointContent.History] = JsonSerializer.Serialize(trainer.History),
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
        var tensors = network.state_dict().Select(entry => (CheckpointContent.Network + entry.Key, entry.Value)).ToList();
        Write(path, tensors, new Dictionary<string, string> { [CheckpointContent.Specification] = network.Specification.ToJson() });
    }

    private static void Write(string path, List<(string Name, Tensor Value)> tensors, Dictionary<string, string> metadata)
    {
        if (Finiteness.NotFinite(tensors) is [var bad, ..] all)
        {
            throw new InvalidOperationException(
                $"{path} is not written, and a file that was there is as it was: {CheckpointContent.Described(bad, all.Count - 1)}. "
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
        using var content = CheckpointContent.Read(path);
        var network = content.BuildNetwork();
        try
        {
            network.TakeOver(content.Tensors(content.DetectsWith, network));
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
        return content.Metadata.ContainsKey(CheckpointContent.Specification) ? CheckpointContent.WeightsPrefix(content) : null;
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
        using var content = CheckpointContent.Read(path);
        content.RequireSpecification(trainer.Network.Specification);
        var history = content.ReadHistory();
        var velocities = content.Velocities(trainer.Network);
        var weights = content.Tensors(CheckpointContent.Network, trainer.Network);
        var average = content.DetectsWith == CheckpointContent.Network ? weights : content.Tensors(content.DetectsWith, trainer.Network);
        trainer.Network.TakeOver(weights); // nothing before this line has changed the run, and nothing after it fails
        trainer.Average?.Continue(average, history.Count);
        for (var i = 0; i < velocities.Count; i++)
        {
            trainer.Optimizer.Continue(i, velocities[i]?.to(trainer.Device, copy: true).DetachFromDisposeScope());
        }
        trainer.Continue(history);
    }

    /// <summary>Makes the folder that a checkpoint is to go to. Call it before a long training: it is better told then that there is no such place.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void PrepareFolder(string path) => AtomicFile.MakeFolder(path);
}
