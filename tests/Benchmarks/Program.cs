using SingleShot.Benchmarks;
using SingleShot.Benchmarks.Annotations;
using SingleShot.Benchmarks.Convolutions;
using SingleShot.Benchmarks.Evaluation;
using SingleShot.Benchmarks.Gpu;
using SingleShot.Benchmarks.Growth;
using SingleShot.Benchmarks.Kernel;
using SingleShot.Benchmarks.Limits;
using SingleShot.Benchmarks.OnnxRuntime;
using SingleShot.Benchmarks.Processes;
using SingleShot.Benchmarks.Stability;
using SingleShot.Benchmarks.Torchvision;

// dotnet run -c Release --project tests/Benchmarks -- NAME...
IBenchmark[] benchmarks =
[
    new EvaluationBenchmark(), new AnnotationsBenchmark(), new KernelBenchmark(), new ConvolutionsBenchmark(), new TorchvisionBenchmark(),
    new OnnxRuntimeBenchmark(), new GrowthBenchmark(), new LimitsBenchmark(), new StabilityBenchmark(), new ProcessesBenchmark(), new NetworkBenchmark(), new GpuBenchmark(),
#if CHROMIUM
    new SingleShot.Benchmarks.Explorers.ExplorersBenchmark(),
#endif
];
if (args is ["--only", var alone, .. var rest])
{
    ((IBenchmark[])[.. benchmarks, new ScriptingPeer(), new TrainingSteps(), new TorchvisionWork(), new OnnxRuntimeWork(), new SharedTraining(), new NetworkTraining(), new GpuWork()]).Single(benchmark => benchmark.Name == alone).Run(rest);
    return 0;
}
var chosen = benchmarks.Where(benchmark => args.Contains(benchmark.Name)).ToArray();
if (chosen.Length == 0 || chosen.Length < args.Length)
{
    Console.WriteLine("Name one or more of these benchmarks:");
    foreach (var benchmark in benchmarks)
    {
        Console.WriteLine($"  {benchmark.Name,-12} {benchmark.Summary}");
    }
    return 2;
}
foreach (var benchmark in chosen)
{
    Console.WriteLine($"{benchmark.Name}: {benchmark.Summary}");
    benchmark.Run([]);
}
return 0;
