using System.Globalization;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Training;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.Convolutions;

/// <summary>Training steps of two networks, timed in this process, whatever its convolutions are.</summary>
internal sealed class TrainingSteps : IBenchmark
{
    public const string BenchmarkName = "training-steps";

    private static readonly string[] Classes = [.. Enumerable.Range(0, 90).Select(i => $"class {i}")];

    public string Name => BenchmarkName;

    public string Summary => "the seconds of a training step, the median of several, a line for each network";

    public void Run(IReadOnlyList<string> arguments)
    {
        Time(Specifications.Small(Classes[..4]), images: 16, steps: 150);
        Time(Specifications.Ssd300(Classes), images: 2, steps: 4);
    }

    private static void Time(SsdSpecification model, int images, int steps)
    {
        using var network = new SsdNetwork(model, seed: 1);
        using var optimizer = new MomentumSgd(network.parameters(), momentum: 0.9, weightDecay: 5e-4);
        using var generator = new Generator(1);
        using var input = randn([images, 3, model.InputSize, model.InputSize], generator: generator);
        using var truths = tensor(new[] { 0.1, 0.1, 0.5, 0.6, 0.4, 0.3, 0.9, 0.95 }).reshape(1, 2, 4).expand(images, 2, 4).contiguous();
        using var labels = zeros([images, 2], int64);
        using var present = ones([images, 2], @bool);
        var loss = MultiBoxLoss.For(model);
        network.train();
        var (seconds, _) = Measure.Repeatedly(steps + 2, () =>
        {
            using var scope = NewDisposeScope();
            optimizer.ZeroGradients();
            loss.Compute(network.call(input), new Targets(truths, labels, present)).Total.backward();
            optimizer.Step(1e-4);
            return 0;
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {seconds[2..].Order().ElementAt(steps / 2)}"));
    }
}
