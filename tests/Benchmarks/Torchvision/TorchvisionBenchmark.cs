using System.Globalization;

namespace SingleShot.Benchmarks.Torchvision;

/// <summary>The same work done by this library and by torchvision, in processes that take turns.</summary>
internal sealed class TorchvisionBenchmark : IBenchmark
{
    private const int Rounds = 3;

    // glibc told to keep the memory that is freed, as this library tells it by itself.
    private static readonly (string, string)[] Tuned =
        [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "1073741824"), ("MALLOC_TOP_PAD_", "67108864")];

    public string Name => "torchvision";

    public string Summary => "detection, suppression, loss and training, beside torchvision (Debian's python3-torchvision) as people run it, and tuned";

    public void Run(IReadOnlyList<string> arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Torchvision", "peer.py");
        var rounds = Enumerable.Range(0, Rounds).Select(_ => new[]
        {
            TimedProcess.Run("dotnet", [typeof(TorchvisionWork).Assembly.Location, "--only", TorchvisionWork.BenchmarkName]),
            TimedProcess.Run("/usr/bin/python3", [script]),
            TimedProcess.Run("/usr/bin/python3", [script], Tuned),
        }).ToArray();
        Console.WriteLine("                                             here  torchvision        tuned   times as fast      as tuned");
        foreach (var work in rounds[0][0].Keys)
        {
            double[] Times(int process) => [.. rounds.Select(round => round[process][work])];
            string Ratio(int process)
            {
                var ratios = Times(process).Zip(Times(0), (peer, own) => peer / own).Order().ToArray();
                return string.Create(CultureInfo.InvariantCulture, $"{ratios[Rounds / 2],5:0.00} ({ratios[0]:0.00}-{ratios[^1]:0.00})");
            }
            var milliseconds = Enumerable.Range(0, 3).Select(process => 1000 * Times(process).Order().ElementAt(Rounds / 2)).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {work,-38} {milliseconds[0],7:0.0} {milliseconds[1],12:0.0} {milliseconds[2],12:0.0} ms {Ratio(1)} {Ratio(2)}"));
        }
    }
}
