using System.Reflection;
using System.Text.Json;
using SingleShot.Data.Batches;
using SingleShot.Distributed.Communication;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Distributed.Training;

/// <summary>Trains copies of one network in several processes, each with its share of every batch, as one process would with all of it.</summary>
/// <remarks>
/// All processes are given the same, and call the same methods in the same order. The loss is divided by the matches of the whole batch. Batch normalization
/// sees the whole batch. What negatives <see cref="RandomNegatives"/> draws depends on how the batch is shared; everything else does not.
/// </remarks>
public sealed class DataParallelTrainer : IDisposable
{
    private readonly ICommunicator _communicator;
    private readonly GradientSum? _exchange; // null in a process alone, whose batches are whole

    /// <summary>Compares what the processes were given, makes their networks equal, and prepares training.</summary>
    /// <param name="communicator">The processes.</param>
    /// <param name="network">The network; it gets the weights of rank 0, is moved to the device, and stays the caller's.</param>
    /// <param name="loss">The loss that training minimizes.</param>
    /// <param name="batches">The whole batches, of which each process takes its share.</param>
    /// <param name="settings">How to train; with <see cref="TrainingSettings.ForBatchOf"/>, where more processes are to make the batch larger.</param>
    /// <param name="device">The device to train on; the CPU when left out.</param>
    /// <param name="sum">Adds up tensors over the processes; in the memory of the hosts when left out (<see cref="HostSum"/>).</param>
    /// <exception cref="RankFailedException">The processes were not given the same; the message says which one has another of what.</exception>
    /// <exception cref="ArgumentException">
    /// The batch does not divide among the processes, a step takes more batches than an epoch has, or several processes are to compute the activations of a network
    /// with batch normalization again.
    /// </exception>
    public DataParallelTrainer(
        ICommunicator communicator, SsdNetwork network, MultiBoxLoss loss, BatchLoader batches, TrainingSettings settings, Device? device = null,
        ITensorSum? sum = null)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(settings);
        _communicator = communicator;
        Agreement.Check(
            communicator,
            ("model", network.Specification.ToJson),
            ("type of weights", () => network.ElementType.ToString()),
            ("set of training settings", () => JsonSerializer.Serialize(settings)),
            ("training data (or size of batch, augmentation or seed)", batches.Fingerprint),
            ("build of the library", () => string.Join(' ', new[] { typeof(SsdSpecification), typeof(Trainer), typeof(DataParallelTrainer) }.Select(Build))),
            ("build of the program", () => Assembly.GetEntryAssembly() is { } program ? Build(program) : ""),
            ("version of libtorch", () => __version__));
        var share = batches.Share(communicator.Rank, communicator.Size);
        network.to(device ?? CPU);
        if (communicator.Size > 1)
        {
            Replicas.Broadcast(communicator, network);
            Replicas.RequireEqual(communicator, network);
            sum ??= new HostSum(communicator);
            _exchange = new GradientSum(communicator, sum);
            network.NormalizeOver(new WatchedSum(communicator, sum));
        }
        Trainer = new Trainer(network, loss, share, settings, device, _exchange);
    }

    /// <summary>This process's part: its settings, its history, its running average. Its steps have the losses and matches of the whole batch. Train by <see cref="TrainAsync"/>.</summary>
    public Trainer Trainer { get; }

    /// <summary>Trains on from where it is, until the settings' steps are done or one process is asked to stop; then all stop after the same step.</summary>
    /// <param name="onStep">Called after each step, on the training thread.</param>
    /// <param name="stop">Asks to stop. What has been learned stays.</param>
    /// <returns>Whether training finished or was stopped.</returns>
    /// <exception cref="RankFailedException">Another process has failed, or has not come.</exception>
    /// <exception cref="LossNotFiniteException">A term of this process's loss is not a finite number; the step was not taken.</exception>
    public async Task<TrainingEnd> TrainAsync(Action<TrainingStep>? onStep = null, CancellationToken stop = default)
    {
        if (_exchange is null)
        {
            return await Trainer.TrainAsync(onStep, stop);
        }
        using var agreed = new CancellationTokenSource();
        (_exchange.StopAsked, _exchange.StopAgreed) = (() => stop.IsCancellationRequested, agreed.Cancel);
        return await Trainer.TrainAsync(onStep, agreed.Token);
    }

    /// <summary>Saves where training stands: rank 0 writes, after all have compared their weights. All processes call it after the same step.</summary>
    /// <param name="path">The file, in rank 0's folders. A process alone, or another number of them, can go on from it.</param>
    /// <exception cref="RankFailedException">A process has other weights; what was there is still there.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there is still there.</exception>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite; what was there is still there.</exception>
    public void Save(string path)
    {
        if (_exchange is not null)
        {
            Replicas.RequireEqual(_communicator, Trainer.Network);
        }
        if (_communicator.Rank == 0)
        {
            Checkpoint.Save(path, Trainer);
        }
    }

    /// <summary>Puts all processes where a checkpoint left off, however many made it.</summary>
    /// <param name="path">The file, which rank 0 alone needs to have.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint of this model.</exception>
    public void Resume(string path)
    {
        if (_exchange is null)
        {
            Checkpoint.Resume(path, Trainer);
            return;
        }
        var file = _communicator.Rank == 0 ? File.ReadAllBytes(path) : [];
        var length = BitConverter.GetBytes(file.Length);
        _communicator.Broadcast(length);
        Array.Resize(ref file, BitConverter.ToInt32(length));
        _communicator.Broadcast(file);
        if (_communicator.Rank == 0)
        {
            Checkpoint.Resume(path, Trainer);
            return;
        }
        var copy = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(copy, file);
            Checkpoint.Resume(copy, Trainer);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Frees the memory of the optimizer and of the average. The network stays.</summary>
    public void Dispose() => Trainer.Dispose();

    private static string Build(Type type) => Build(type.Assembly);

    private static string Build(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString("N");
}
