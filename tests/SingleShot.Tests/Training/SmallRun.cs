using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Tests.Training;

/// <summary>A short training; of the small SSD unless another model is named.</summary>
internal sealed class SmallRun : IDisposable
{
    public SmallRun(
        DataSet data, int steps, int batchSize, SsdSpecification? model = null, IAugmentation? augmentation = null, int batchesPerStep = 1,
        double? averageDecay = null, ScalarType type = ScalarType.Float32)
    {
        model ??= Specifications.Small(data.ClassNames);
        Network = new SsdNetwork(model, seed: 1).to(type);
        Trainer = new Trainer(
            Network, MultiBoxLoss.For(model), new BatchLoader(data, model, batchSize, augmentation ?? Pipeline.Light, seed: 2),
            new TrainingSettings
            {
                Steps = steps,
                LearningRate = 0.02,
                GradientLimit = 10,
                BatchesPerStep = batchesPerStep,
                AverageDecay = averageDecay,
            });
    }

    public SsdNetwork Network { get; }

    public Trainer Trainer { get; }

    public void Dispose()
    {
        Trainer.Dispose();
        Network.Dispose();
    }
}
