using System.Globalization;
using SingleShot.Benchmarks.Paired;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Shapes;
using SingleShot.Distributed;
using SingleShot.Distributed.Communication;
using SingleShot.Distributed.Training;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;

namespace SingleShot.Benchmarks.Processes;

/// <summary>The steps of a training, in as many processes as there are; rank 0 writes their median.</summary>
internal sealed class SharedTraining : IBenchmark
{
    /// <summary>Pictures of the training.</summary>
    public const int Pictures = 64;

    private const int WarmUp = 3; // steps

    public string Name => "processes-work";

    public string Summary => "the steps of a training, in the processes that were started";

    public void Run(IReadOnlyList<string> arguments) => Launch.RunAsync(async processes =>
    {
        var data = ShapesGenerator.Write(arguments[0], Pictures, seed: 1);
        torch.set_num_threads(int.Parse(arguments[1], CultureInfo.InvariantCulture)); // after the library has loaded libtorch
        await TrainAsync(processes, data, Specifications.Small(data.ClassNames), batch: 16, steps: 30);
        await TrainAsync(processes, data, Specifications.Ssd300(data.ClassNames), batch: 2, steps: 5);
    }).GetAwaiter().GetResult();

    /// <summary>Trains, and writes the median of a step's seconds.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="data">The pictures.</param>
    /// <param name="model">The model.</param>
    /// <param name="batch">Pictures of the whole batch.</param>
    /// <param name="steps">Steps that are timed.</param>
    /// <param name="sum">What adds up gradients; the trainer's own choice when left out.</param>
    public static async Task TrainAsync(ICommunicator processes, DataSet data, SsdSpecification model, int batch, int steps, ITensorSum? sum = null)
    {
        using var network = new SsdNetwork(model, seed: 1);
        using var trainer = new DataParallelTrainer(
            processes, network, MultiBoxLoss.For(model), new BatchLoader(data, model, batch, Pipeline.None, seed: 1),
            new TrainingSettings { Steps = WarmUp + steps, LearningRate = 1e-3, GradientLimit = 10 }, sum: sum);
        await trainer.TrainAsync();
        if (processes.Rank == 0)
        {
            Measure.Write($"a step of {batch} pictures, {model.Name}", PairedWork.Median(trainer.Trainer.History.Skip(WarmUp).Select(step => step.Seconds)));
        }
    }
}
