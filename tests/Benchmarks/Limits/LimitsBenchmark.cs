using System.Globalization;
using SingleShot.Benchmarks.Paired;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.Limits;

/// <summary>How near the network comes to what the processor can do, with a product of matrices as the measure, and how many pages of memory the work touches anew.</summary>
internal sealed class LimitsBenchmark : IBenchmark
{
    private const int Side = 3072; // of the matrices
    private const double Ssd300Products = 31.4e9; // multiply-adds of SSD300 for one picture, of which each is two operations

    public string Name => "limits";

    public string Summary => "SSD300's operations a second and its page faults, beside a product of matrices";

    public void Run(IReadOnlyList<string> arguments)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var model = Specifications.Ssd300([.. Enumerable.Range(0, 90).Select(i => $"class {i}")]);
        using var network = new SsdNetwork(model, seed: 1);
        Console.WriteLine("| what | time | billion operations a second | of the matrices' | page faults |\n|---|---:|---:|---:|---:|");
        var (a, b) = (rand(Side, Side), rand(Side, Side));
        var peak = Report($"product of two matrices of {Side} x {Side}", 2.0 * Side * Side * Side, null, () => a.mm(b));
        network.eval();
        foreach (var pictures in new[] { 1, 8 })
        {
            var input = rand(pictures, 3, model.InputSize, model.InputSize);
            Report($"SSD300, {pictures} x its input to predictions", 2 * Ssd300Products * pictures, peak, () =>
            {
                using var gradients = no_grad();
                network.Predict(input);
            });
        }
        using var optimizer = new MomentumSgd(network.parameters(), momentum: 0.9, weightDecay: 5e-4);
        var (images, targets) = (rand(2, 3, model.InputSize, model.InputSize), RandomBoxes.Targets(2, objects: 7, classes: 90));
        var loss = MultiBoxLoss.For(model);
        network.train();
        Report("SSD300, a training step of 2 pictures", 3 * 2 * Ssd300Products * 2, peak, () =>
        {
            optimizer.ZeroGradients();
            loss.Compute(network.Predict(images), targets).Total.backward();
            optimizer.Step(1e-4);
        });
        Console.WriteLine($"{Source.Machine}, {Source.Commit}");
    }

    /// <summary>Times a piece of work, the median of several, and writes its line.</summary>
    /// <returns>Operations a second.</returns>
    private static double Report(string name, double operations, double? peak, Action work)
    {
        const int Times = 7;
        var before = 0L;
        var turn = 0;
        var (seconds, _) = Measure.Repeatedly(Times + 2, () =>
        {
            before = turn++ == 2 ? PageFaults() : before; // the first two warm up
            using var scope = NewDisposeScope();
            work();
            return 0;
        });
        var faults = (PageFaults() - before) / Times;
        var median = PairedWork.Median(seconds[2..]);
        var rate = operations / median;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {1000 * median:#,0} ms | {rate / 1e9:0} | {(peak is { } most ? $"{rate / most:0 %}" : "")} | {faults:#,0} |"));
        return rate;
    }

    /// <summary>Pages that the process has been given so far without reading them from a disk (man 5 proc_pid_stat: minflt); 0 where there is no /proc.</summary>
    private static long PageFaults() => File.Exists("/proc/self/stat")
        ? long.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[7], CultureInfo.InvariantCulture)
        : 0;
}
