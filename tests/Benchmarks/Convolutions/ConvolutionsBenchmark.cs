using System.Globalization;

namespace SingleShot.Benchmarks.Convolutions;

/// <summary>What it costs to mend convolutions where a machine hides its cache sizes, beside the same machine that does not.</summary>
internal sealed class ConvolutionsBenchmark : IBenchmark
{
    private const int Rounds = 3;

    private static readonly string Disturbance = Path.Combine(AppContext.BaseDirectory, "Disturbance.dll");

    private static readonly (string Name, (string, string)[] Environment)[] Processes =
    [
        ("right as it is", [("SINGLESHOT_CONVOLUTIONS", "check")]),
        ("caches hidden, guessed", [("DOTNET_STARTUP_HOOKS", Disturbance), ("DISTURBANCE_MEMORY", "clean")]),
        ("oneDNN off", [("SINGLESHOT_CONVOLUTIONS", "wrong")]),
    ];

    public string Name => "convolutions";

    public string Summary => "training steps where convolutions had to be mended, beside those where they are right";

    public void Run(IReadOnlyList<string> arguments)
    {
        var times = Processes.ToDictionary(process => process.Name, _ => new Dictionary<string, List<double>>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, environment) in Processes) // in turn, so that whatever else the machine does falls on all
            {
                foreach (var (network, seconds) in TimedProcess.Run("dotnet", [typeof(TrainingSteps).Assembly.Location, "--only", TrainingSteps.BenchmarkName], environment))
                {
                    times[name].TryAdd(network, []);
                    times[name][network].Add(seconds);
                }
            }
        }
        var right = times[Processes[0].Name];
        foreach (var network in right.Keys)
        {
            foreach (var (name, _) in Processes)
            {
                var found = times[name][network];
                var ratios = found.Zip(right[network], (a, b) => a / b).Order().ToArray();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {network}, {name,-23} {string.Join(", ", found.Select(time => $"{1000 * time:0}"))} ms a step; ratio {ratios[Rounds / 2]:0.000} ({ratios[0]:0.000} to {ratios[^1]:0.000})"));
            }
        }
    }
}
