using System.Globalization;

namespace SingleShot.Benchmarks.OnnxRuntime;

/// <summary>The same networks detecting on libtorch and on ONNX Runtime, in processes that take turns.</summary>
internal sealed class OnnxRuntimeBenchmark : IBenchmark
{
    private const int Rounds = 5;

    public string Name => "onnxruntime";

    public string Summary => "detection on libtorch, beside ONNX Runtime with the post-processing in the model, and with it here";

    public void Run(IReadOnlyList<string> arguments)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => OnnxRuntimeWork.Engines.Select(engine =>
            TimedProcess.Run("dotnet", [typeof(OnnxRuntimeWork).Assembly.Location, "--only", OnnxRuntimeWork.BenchmarkName, engine])).ToArray()).ToArray();
        Console.WriteLine("                              libtorch   in the model        here      libtorch's time over the model's    and over that here");
        foreach (var work in rounds[0][0].Keys)
        {
            double[] Times(int engine) => [.. rounds.Select(round => round[engine][work])];
            double Median(int engine) => 1000 * Times(engine).Order().ElementAt(Rounds / 2);
            string Ratio(int engine)
            {
                var ratios = Times(0).Zip(Times(engine), (own, other) => own / other).Order().ToArray();
                return string.Create(CultureInfo.InvariantCulture, $"{ratios[Rounds / 2],5:0.00} ({ratios[0]:0.00}-{ratios[^1]:0.00})");
            }
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {work,-26} {Median(0),9:0.0} {Median(1),14:0.0} {Median(2),11:0.0} ms {Ratio(1),33} {Ratio(2),23}"));
        }
    }
}
