using SingleShot.Benchmarks.Paired;

namespace SingleShot.Benchmarks.Torchvision;

/// <summary>The same work done by this library and by torchvision, in processes that take turns.</summary>
internal sealed class TorchvisionBenchmark : IBenchmark
{
    private const int Rounds = 3;

    public string Name => "torchvision";

    public string Summary => "detection, suppression, loss and training, beside torchvision (Debian's python3-torchvision) as people run it, and tuned";

    public void Run(IReadOnlyList<string> arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Torchvision", "peer.py");
        var photographs = Directory.CreateTempSubdirectory("singleshot-benchmark-").FullName;
        Photographs.Write(photographs);
        PairedResults.Measure(
            Rounds,
            ("SingleShot", () => TimedProcess.Run("dotnet", [typeof(TorchvisionWork).Assembly.Location, "--only", TorchvisionWork.BenchmarkName, photographs])),
            ("torchvision", () => TimedProcess.Run("/usr/bin/python3", [script, photographs])),
            ("torchvision, memory kept", () => TimedProcess.Run("/usr/bin/python3", [script, photographs], KeptMemory.Variables))).Report(Name);
        Directory.Delete(photographs, recursive: true);
    }
}
