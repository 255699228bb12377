using SingleShot.Benchmarks.Paired;
using SingleShot.Benchmarks.Torchvision;
using SingleShot.Runtime;

namespace SingleShot.Benchmarks.Gpu;

/// <summary>SSD300 on the best device, by this library and by torchvision in turn. Without a GPU the same work is done in small, to see that it can be.</summary>
internal sealed class GpuBenchmark : IBenchmark
{
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"]; // the first in the path, which may have a libtorch for CUDA, or Debian's

    public string Name => "gpu";

    public string Summary => "SSD300 on a GPU: training in float32, TF32 and bfloat16, detection and post-processing, beside torchvision; small batches without one";

    public void Run(IReadOnlyList<string> arguments)
    {
        var photographs = Directory.CreateTempSubdirectory("singleshot-benchmark-").FullName;
        try
        {
            Photographs.Write(photographs);
            Console.WriteLine(TorchRuntime.Describe());
            var script = Path.Combine(AppContext.BaseDirectory, "Gpu", "peer.py");
            (string, Func<IReadOnlyDictionary<string, double>>) own =
                ("SingleShot", () => TimedProcess.Run("dotnet", [typeof(GpuWork).Assembly.Location, "--only", GpuWork.BenchmarkName, photographs]));
            var onGpu = ComputeDevice.Best().type == TorchSharp.DeviceType.CUDA;
            var python = Pythons.FirstOrDefault(HasTorchvision);
            var results = python is null
                ? PairedResults.Measure(1, own)
                : PairedResults.Measure(onGpu ? 3 : 1, own, ("torchvision", () => TimedProcess.Run(python, [script, photographs])));
            foreach (var line in results.Table())
            {
                Console.WriteLine(line);
            }
            Console.WriteLine($"{results.Machine}, {results.Commit}{(python is null ? "; without torchvision, which no python3 here has" : "")}");
        }
        finally
        {
            Directory.Delete(photographs, recursive: true);
        }
    }

    private static bool HasTorchvision(string python)
    {
        try
        {
            return TimedProcess.Run(python, ["-c", "import torchvision; print('found: 1')"]).ContainsKey("found");
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
