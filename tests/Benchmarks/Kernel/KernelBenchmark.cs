using System.Diagnostics;
using System.Globalization;

namespace SingleShot.Benchmarks.Kernel;

/// <summary>How soon a cell is answered, over the wire as a notebook client sees it, beside the bare scripting engine.</summary>
internal sealed class KernelBenchmark : IBenchmark
{
    private const int Starts = 5;
    private const int Sessions = 2;
    private const int Cells = 1000;

    public string Name => "kernel";

    public string Summary => "completion and hover (these alone: --only kernel editing); the first cell from the start of the process, one-line cells over a long session, and memory, beside bare scripting (beside another build of the kernel: --only kernel FOLDER/Workbook.dll)";

    public void Run(IReadOnlyList<string> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("singleshot-benchmark-");
        try
        {
            var other = arguments.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.Ordinal));
            if (other is null)
            {
                EditingTimes.Print(folder.FullName);
            }
            if (arguments.Contains("editing"))
            {
                return;
            }
            ICells Kernel() => new ServedCells(folder.FullName);
            ICells Peer() => other is null ? new ScriptedCells() : new ServedCells(folder.FullName, Path.GetFullPath(other));
            var peerName = other is null ? "bare scripting" : "the other build";
            var (kernel, peer) = (new List<double>(), new List<double>());
            for (var start = 0; start < Starts; start++)
            {
                // In turn, so that whatever else the machine does falls on both.
                kernel.Add(FirstAnswer(Kernel));
                peer.Add(FirstAnswer(Peer));
            }
            Console.WriteLine($"  first cell answered after the process's start: {Seconds(kernel)}");
            Console.WriteLine($"  {peerName}: {Seconds(peer)}; ratio of medians {Median(kernel) / Median(peer):0.00}");

            for (var session = 0; session < Sessions; session++)
            {
                LongSession("kernel", Kernel);
                LongSession(peerName, Peer);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double FirstAnswer(Func<ICells> start)
    {
        var clock = Stopwatch.StartNew();
        using var cells = start();
        Answer(cells, 1);
        return clock.Elapsed.TotalSeconds;
    }

    private static void LongSession(string name, Func<ICells> start)
    {
        using var cells = start();
        var times = new double[Cells];
        var memory = new List<string>();
        for (var cell = 1; cell <= Cells; cell++)
        {
            var clock = Stopwatch.StartNew();
            Answer(cells, cell);
            times[cell - 1] = clock.Elapsed.TotalMilliseconds;
            if (cell is 10 or 100 or 250 or 500 or 750 or Cells)
            {
                memory.Add($"{cells.WorkingSet >> 20} MiB at {cell}");
            }
        }
        // Around cell 10 and before cell 1,000: the median of nine, for one alone is mostly chance.
        var (early, late) = (Median(times[5..14]), Median(times[^9..]));
        Console.WriteLine($"  {name}, {Cells} one-line cells: median {Median(times):0.0} ms; cell 10 {early:0.0} ms, cell {Cells} {late:0.0} ms, ratio {late / early:0.00}");
        Console.WriteLine($"    working set {string.Join(", ", memory)}");
    }

    private static void Answer(ICells cells, int cell)
    {
        var answer = cells.Run($"var number{cell % 7} = {cell} + 1; number{cell % 7}");
        if (answer != (cell + 1).ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"Cell {cell} answered '{answer}'.");
        }
    }

    private static string Seconds(List<double> times) => $"{string.Join(", ", times.Select(time => $"{time:0.00}"))} s, median {Median(times):0.00} s";

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
