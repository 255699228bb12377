using SingleShot.Cli.Models;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Folders;
using SingleShot.Losses;
using SingleShot.Networks;
using SingleShot.Training;
using SingleShot.Weights;

namespace SingleShot.Cli.Training;

/// <summary>What a plan comes to: data, network and trainer, put together as lesson 5 does.</summary>
internal sealed class TrainingSetup : IDisposable
{
    private TrainingSetup(DataSet train, DataSet validation, SsdNetwork network, Trainer trainer) =>
        (Train, Validation, Network, Trainer) = (train, validation, network, trainer);

    /// <summary>The images to train on.</summary>
    public DataSet Train { get; }

    /// <summary>The images to evaluate on.</summary>
    public DataSet Validation { get; }

    /// <summary>The network in training.</summary>
    public SsdNetwork Network { get; }

    /// <summary>The trainer.</summary>
    public Trainer Trainer { get; }

    /// <summary>Reads the data and prepares the training.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">Hears what is read.</param>
    /// <param name="fresh">False where a checkpoint will bring the weights, so that those to start from need not be there any more.</param>
    public static TrainingSetup Of(TrainingPlan plan, Report report, bool fresh)
    {
        var (device, runtime) = LibTorch.Require(plan.Device);
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
        var network = new SsdNetwork(model, plan.Seed);
        try
        {
            if (fresh)
            {
                StartFrom(plan, network, report);
            }
            var settings = plan.ToSettings(Math.Max(1, batches.BatchesPerEpoch / plan.BatchesPerStep));
            return new TrainingSetup(train, validation, network, new Trainer(network, MultiBoxLoss.For(model), batches, settings, device));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Frees the network and the trainer's memory.</summary>
    public void Dispose()
    {
        Trainer.Dispose();
        Network.Dispose();
    }

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
