using SingleShot.Cli.Models;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Folders;
using SingleShot.Distributed.Communication;
using SingleShot.Networks;
using SingleShot.Training;
using SingleShot.Weights;
using TorchSharp;

namespace SingleShot.Cli.Training;

/// <summary>What a plan comes to: data, network and settings, put together as lesson 5 does.</summary>
/// <param name="Validation">The images to evaluate on.</param>
/// <param name="Network">The network to train.</param>
/// <param name="Batches">The images to train on, in whole batches.</param>
/// <param name="Settings">How to train.</param>
/// <param name="Device">Where to train.</param>
internal sealed record TrainingSetup(DataSet Validation, SsdNetwork Network, BatchLoader Batches, TrainingSettings Settings, torch.Device Device) : IDisposable
{
    /// <summary>Reads the data and prepares the training.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">Hears what is read.</param>
    /// <param name="processes">The processes, among which a batch has to divide.</param>
    /// <param name="local">This process's number among those of its machine, from 0.</param>
    /// <param name="fresh">Whether to load the weights to start from; false where a checkpoint or another process will bring them.</param>
    public static TrainingSetup Of(TrainingPlan plan, Report report, ICommunicator processes, int local, bool fresh)
    {
        var (device, runtime) = LibTorch.Require(plan.Device, local);
        report.Line(runtime);
        var train = DataSetFolder.Read(plan.Root, plan.TrainSplit);
        var validation = DataSetFolder.Read(plan.Root, plan.ValidationSplit, train.ClassNames);
        foreach (var part in new[] { train, validation })
        {
            report.Line(part.ToString());
            report.Event("data", new { part.Name, Images = part.Samples.Count, part.ClassNames, Problems = part.Findings.Count });
        }
        if (validation.Samples.Count == 0)
        {
            throw new UsageException($"{validation.Name} has no images: name a split with images as validationSplit.");
        }
        var model = plan.Specification(train.ClassNames);
        var batches = new BatchLoader(train, model, plan.BatchSize, Augmentation(plan.Augmentation), plan.Seed, plan.Workers);
        _ = batches.Share(processes.Rank, processes.Size); // refused here, it is said once
        var network = new SsdNetwork(model, plan.Seed);
        try
        {
            if (fresh)
            {
                StartFrom(plan, network, report);
            }
            return new TrainingSetup(validation, network, batches, plan.ToSettings(Math.Max(1, batches.BatchesPerEpoch / plan.BatchesPerStep)), device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();

    private static void StartFrom(TrainingPlan plan, SsdNetwork network, Report report)
    {
        if (plan.Backbone.Length > 0)
        {
            report.Line(PublishedWeights.LoadBackbone(network, plan.Backbone).ToString());
        }
        if (plan.Pretrained.Length > 0)
        {
            var loaded = PublishedWeights.Load(network, plan.Pretrained, new WeightLoading { Partial = true, Prefix = Checkpoint.WeightsPrefix(plan.Pretrained) });
            report.Line($"{loaded.Loaded.Count} tensors from {plan.Pretrained}, {loaded.Mismatched.Count} of other shapes stay random");
        }
    }

    private static Pipeline Augmentation(AugmentationKind kind) => kind switch
    {
        AugmentationKind.None => Pipeline.None,
        AugmentationKind.Paper => Pipeline.Paper,
        _ => Pipeline.Light,
    };
}
