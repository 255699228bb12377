using System.Diagnostics;
using System.Runtime.InteropServices;
using SingleShot.Boxes;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Training;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Ranks;

/// <summary>A training that one core does in seconds, with batch normalization, augmentation and an average, and what can go wrong in it.</summary>
internal static partial class Training
{
    /// <summary>The small SSD on pictures of 32 x 32: 84 default boxes.</summary>
    public static SsdSpecification Model(IReadOnlyList<string> classNames) => Specifications.Small(classNames) with
    {
        Name = "Tiny SSD",
        InputSize = Job.InputSize,
        ExtraLayers = [new(32, 64, 3, 2, 1)],
        Maps = [new FeatureMap(4, 8, 0.25, 0.5, [2]), new FeatureMap(2, 16, 0.5, 0.75, [2]), new FeatureMap(1, 32, 0.75, 1, [2])],
    };

    private static SsdSpecification Vgg16(IReadOnlyList<string> classNames) => Specifications.Ssd300(classNames) with
    {
        Name = "Tiny VGG16",
        InputSize = Job.InputSize,
        ExtraLayers = [],
        Maps = [new FeatureMap(4, 8, 0.25, 0.5, [2]), new FeatureMap(2, 16, 0.5, 0.75, [2])],
    };

    public static async Task RunAsync(ICommunicator processes, Job job, DataSet data)
    {
        var faulty = processes.Rank == job.FaultRank ? job.Fault : Fault.None;
        data = faulty switch
        {
            Fault.OtherModel => data with { ClassNames = [.. data.ClassNames.Select(name => $"other {name}")] },
            Fault.OtherData => data.Take(Job.Pictures - 1),
            _ => data,
        };
        var model = job.Vgg16 ? Vgg16(data.ClassNames) : Model(data.ClassNames);
        using var network = new SsdNetwork(model, seed: 1 + processes.Rank); // other weights in each, until they get those of rank 0
        if (job.DoublePrecision)
        {
            network.to(float64);
        }
        using var trainer = new DataParallelTrainer(
            processes, network, new MultiBoxLoss(model, new BestOverlapMatcher(), new HardNegativeMining(job.NegativesPerMatch)), new BatchLoader(data, model, job.Batch, Pipeline.Light, seed: 2), new TrainingSettings
            {
                Steps = job.Steps,
                LearningRate = faulty == Fault.OtherSettings ? 2 * job.LearningRate : job.LearningRate,
                GradientLimit = 10,
                BatchesPerStep = job.BatchesPerStep,
                AverageDecay = 0.9,
                RecomputeActivations = job.RecomputeActivations,
                Schedule = LearningRateSchedule.Constant with { WarmUp = 5 },
            });
        if (job.Resume is { } from)
        {
            trainer.Resume(from);
        }
        using var stop = new CancellationTokenSource();
        var end = await trainer.TrainAsync(
            step =>
            {
                if (job.Save is { } path && step.Step % (job.SaveEvery ?? job.Steps) == 0)
                {
                    trainer.Save(path);
                }
                if (step.Step == job.FaultStep)
                {
                    Fail(faulty, network, stop);
                }
            },
            stop.Token);
        Console.WriteLine($"Rank {processes.Rank} of {processes.Size} {end.ToString().ToLowerInvariant()} after step {trainer.Trainer.StepsTaken}.");
    }

    private static void Fail(Fault fault, SsdNetwork network, CancellationTokenSource stop)
    {
        switch (fault)
        {
            case Fault.Kill:
                Process.GetCurrentProcess().Kill();
                break;
            case Fault.Hang:
                _ = SendSignal(Environment.ProcessId, StopSignal);
                break;
            case Fault.Throw:
                throw new InvalidOperationException("The callback of this test throws.");
            case Fault.NaN:
                Add(network, double.NaN);
                break;
            case Fault.Drift:
                Add(network, 1e-7);
                break;
            case Fault.Unplug:
                Process.Start("ip", "link set mpi0 down").WaitForExit();
                break;
            case Fault.Stop:
                stop.Cancel();
                break;
        }
    }

    private static void Add(SsdNetwork network, double number)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        network.parameters().First().add_(tensor(number));
    }

    private const int StopSignal = 19;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
