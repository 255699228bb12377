using SingleShot.Data.Shapes;
using SingleShot.Distributed;
using SingleShot.Distributed.Training;
using SingleShot.Models;
using SingleShot.Networks;
using TorchSharp;

namespace SingleShot.Benchmarks.Processes;

/// <summary>Steps of SSD300 in the processes that were started, each with one thread; rank 0 writes their median.</summary>
internal sealed class NetworkTraining : IBenchmark
{
    /// <summary>The argument with which gradients are sent when all of them are there.</summary>
    public const string AtTheEnd = "at-the-end";

    public string Name => "network-work";

    public string Summary => "the steps of a training of SSD300, in the processes that were started";

    public void Run(IReadOnlyList<string> arguments) => Launch.RunAsync(async processes =>
    {
        var data = ShapesGenerator.Write(arguments[0], SharedTraining.Pictures, seed: 1);
        torch.set_num_threads(1); // after the library has loaded libtorch
        await SharedTraining.TrainAsync(
            processes, data, Specifications.Ssd300(data.ClassNames), batch: 2, steps: 5, arguments.Contains(AtTheEnd) ? new AnySum(new HostSum(processes)) : null);
    }).GetAwaiter().GetResult();

    /// <summary>A sum of which nobody knows that it is made in the hosts' memory, where gradients may be sent early.</summary>
    private sealed class AnySum(ITensorSum sum) : ITensorSum
    {
        public int Processes => sum.Processes;

        public void Sum(torch.Tensor tensor) => sum.Sum(tensor);
    }
}
