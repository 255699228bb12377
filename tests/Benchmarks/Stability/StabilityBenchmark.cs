using System.Globalization;
using SingleShot.Benchmarks.Paired;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Data.Shapes;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;

namespace SingleShot.Benchmarks.Stability;

/// <summary>A training of 2,000 steps: whether its end is as fast as its beginning, and holds no more.</summary>
internal sealed class StabilityBenchmark : IBenchmark
{
    private const int Steps = 2_000;
    private const int Part = 400; // the steps of each end that are compared; those before the first part warm up
    private const int WarmUp = 200;

    public string Name => "stability";

    public string Summary => $"throughput, memory and live tensors of a training of {Steps:#,0} steps, its beginning beside its end";

    public void Run(IReadOnlyList<string> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("singleshot-benchmark-");
        try
        {
            Train(Path.Combine(folder.FullName, "shapes"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Train(string folder)
    {
        var data = ShapesGenerator.Write(folder, count: 500, seed: 1);
        var model = Specifications.Small(data.ClassNames);
        using var network = new SsdNetwork(model, seed: 1);
        using var trainer = new Trainer(
            network, MultiBoxLoss.For(model), new BatchLoader(data, model, batchSize: 16, Pipeline.Light, seed: 1),
            new TrainingSettings { Steps = Steps, LearningRate = 0.02, GradientLimit = 10 });
        var memory = new Dictionary<int, double>(); // MiB after a step
        trainer.TrainAsync(step =>
        {
            if (step.Step is WarmUp + Part or Steps)
            {
                GC.Collect();
                memory[step.Step] = Environment.WorkingSet / (1024.0 * 1024.0);
            }
        }).GetAwaiter().GetResult();

        var (beginning, end) = (trainer.History.Skip(WarmUp).Take(Part).ToArray(), trainer.History.TakeLast(Part).ToArray());
        Report("images per second, the median of the steps", Throughput(beginning), Throughput(end));
        Report("memory of the process in MiB", memory[WarmUp + Part], memory[Steps]);
        Report("live tensors", beginning[^1].LiveTensors, end[^1].LiveTensors);
        Console.WriteLine($"{Source.Machine}, {Source.Commit}");
    }

    private static double Throughput(TrainingStep[] steps) => PairedWork.Median(steps.Select(step => step.Images / step.Seconds));

    private static void Report(string what, double beginning, double end) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {what,-44} {beginning,8:0.0} at the beginning, {end,8:0.0} at the end, ratio {end / beginning:0.000}"));
}
