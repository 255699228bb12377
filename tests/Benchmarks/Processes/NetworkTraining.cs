using SingleShot.Benchmarks.Paired;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Shapes;
using SingleShot.Distributed;
using SingleShot.Distributed.Training;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using TorchSharp;

namespace SingleShot.Benchmarks.Processes;

/// <summary>Steps of SSD300 in the processes that were started, each with one thread; rank 0 writes their median.</summary>
internal sealed class NetworkTraining : IBenchmark
{
    /// <summary>The argument with which gradients are sent when all of them are there.</summary>
    public const string AtTheEnd = "at-the-end";

    private const int WarmUp = 2; // steps
    private const int Steps = 5;

    public string Name => "network-work";

    public string Summary => "the steps of a training of SSD300, in the processes that were started";

    public void Run(IReadOnlyList<string> arguments) => Launch.RunAsync(async processes =>
    {
        var data = ShapesGenerator.Write(arguments[0], SharedTraining.Pictures, seed: 1);
        torch.set_num_threads(1); // after the library has loaded libtorch
        var model = Specifications.Ssd300(data.ClassNames);
        var sum = new HostSum(processes);
        using var network = new SsdNetwork(model, seed: 1);
        using var trainer = new DataParallelTrainer(
            processes, network, MultiBoxLoss.For(model), new BatchLoader(data, model, batchSize: 2, Pipeline.None, seed: 1),
            new TrainingSettings { Steps = WarmUp + Steps, LearningRate = 1e-3, GradientLimit = 10 }, sum: arguments.Contains(AtTheEnd) ? new AnySum(sum) : sum);
        await trainer.TrainAsync();
        if (processes.Rank == 0)
        {
            Measure.Write("step", PairedWork.Median(trainer.Trainer.History.Skip(WarmUp).Select(step => step.Seconds)));
        }
    }).GetAwaiter().GetResult();

    /// <summary>A sum of which nobody knows that it is made in the hosts' memory, where gradients may be sent early.</summary>
    private sealed class AnySum(ITensorSum sum) : ITensorSum
    {
        public int Processes => sum.Processes;

        public void Sum(torch.Tensor tensor) => sum.Sum(tensor);
    }
}
