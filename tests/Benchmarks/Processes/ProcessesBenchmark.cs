using System.ComponentModel;
using System.Globalization;
using SingleShot.Benchmarks.Paired;
using SingleShot.Data.Shapes;

namespace SingleShot.Benchmarks.Processes;

/// <summary>The same training, with the same whole batch, by two processes of one thread and by one process of one and of two.</summary>
internal sealed class ProcessesBenchmark : IBenchmark
{
    private const int Rounds = 3;

    public string Name => "processes";

    public string Summary => "training steps of two processes of one thread that mpirun starts, and of one process of one and of two threads";

    public void Run(IReadOnlyList<string> arguments)
    {
        using var folder = new TemporaryFolder();
        ShapesGenerator.Write(folder.Path, SharedTraining.Pictures, seed: 1); // before two processes do it at the same time
        try
        {
            PairedResults.Measure(
                Rounds,
                ("two processes of 1 thread", () => Train(folder.Path, 1, ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "-np", "2"])),
                ("one process of 1 thread", () => Train(folder.Path, 1, [])),
                ("one process of 2 threads", () => Train(folder.Path, 2, []))).Report(Name);
        }
        catch (Win32Exception e)
        {
            Console.WriteLine($"needs mpirun: apt-get install openmpi-bin. {e.Message}");
        }
    }

    private static IReadOnlyDictionary<string, double> Train(string folder, int threads, IReadOnlyList<string> launcher)
    {
        string[] command = [.. launcher, Environment.ProcessPath!, "--only", new SharedTraining().Name, folder, threads.ToString(CultureInfo.InvariantCulture)];
        return TimedProcess.Run(
            command[0], command[1..],
            ("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture)),
            ("TERM", "dumb")); // mpirun gives its processes a terminal, to which .NET would write its keypad's codes, in the middle of the figures
    }
}
