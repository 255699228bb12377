using SingleShot.Benchmarks.Paired;
using SingleShot.Data.Shapes;

namespace SingleShot.Benchmarks.Processes;

/// <summary>Training steps on two hosts whose gradients are sent while others are computed, and when all of them are there.</summary>
internal sealed class NetworkBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private static readonly string[] Rates = ["1gbit", "10gbit"];

    public string Name => "network";

    public string Summary => "training steps on two hosts with a cable between them; gradients sent while others are computed, and at the end";

    public void Run(IReadOnlyList<string> arguments)
    {
        using var folder = new TemporaryFolder();
        ShapesGenerator.Write(folder.Path, SharedTraining.Pictures, seed: 1); // before two processes do it at the same time
        try
        {
            PairedResults.Measure(
                Rounds,
                ("sent while others are computed", () => Train(folder.Path)),
                ("sent when all are there", () => Train(folder.Path, NetworkTraining.AtTheEnd))).Report(Name);
        }
        catch (NotSupportedException e)
        {
            Console.WriteLine(e.Message);
        }
    }

    private static Dictionary<string, double> Train(string folder, params string[] how)
    {
        Dictionary<string, double> seconds = [];
        foreach (var rate in Rates)
        {
            using var hosts = new TwoHosts(rate);
            var command = hosts.Command("mpirun", [Environment.ProcessPath!, "--only", new NetworkTraining().Name, folder, .. how]);
            var step = TimedProcess.Run(command[0], [.. command.Skip(1)], ("OMP_NUM_THREADS", "1"), ("TERM", "dumb"));
            seconds[$"a step of 2 pictures, SSD300, {rate.Replace("gbit", " Gb/s", StringComparison.Ordinal)}"] = step.Values.Single();
        }
        return seconds;
    }
}
