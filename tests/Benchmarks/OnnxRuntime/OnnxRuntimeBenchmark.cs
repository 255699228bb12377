using SingleShot.Benchmarks.Paired;

namespace SingleShot.Benchmarks.OnnxRuntime;

/// <summary>The same networks detecting on libtorch and on ONNX Runtime, in processes that take turns.</summary>
internal sealed class OnnxRuntimeBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "onnxruntime";

    public string Summary => "detection on libtorch, beside ONNX Runtime with the post-processing in the model, and with it here";

    public void Run(IReadOnlyList<string> arguments) => PairedResults.Measure(
        Rounds,
        [.. OnnxRuntimeWork.Engines.Select(engine => (engine.Name, (Func<IReadOnlyDictionary<string, double>>)(() =>
            TimedProcess.Run("dotnet", [typeof(OnnxRuntimeWork).Assembly.Location, "--only", OnnxRuntimeWork.BenchmarkName, engine.Argument]))))]).Report(Name);
}
