using System.Globalization;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Onnx;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.OnnxRuntime;

/// <summary>Detection by one engine, named by the argument: a line "name: seconds" for each piece of work, the median of several times.</summary>
internal sealed class OnnxRuntimeWork : IBenchmark
{
    public const string BenchmarkName = "onnxruntime-work";
    private const string Libtorch = "libtorch";
    private const int Seed = 1;

    /// <summary>The engines: libtorch, and ONNX Runtime with the post-processing in the model or here.</summary>
    public static readonly (string Name, string Argument)[] Engines =
    [
        ("libtorch", Libtorch), ("ONNX Runtime", nameof(OnnxOutputs.Detections)), ("ONNX Runtime, post-processing here", nameof(OnnxOutputs.Predictions)),
    ];

    public string Name => BenchmarkName;

    public string Summary => "the seconds of each piece of work, a line for each";

    public void Run(IReadOnlyList<string> arguments)
    {
        string[] names = [.. Enumerable.Range(0, 90).Select(i => $"class {i}")];
        foreach (var (model, times) in new[] { (Specifications.Small(names), 30), (Specifications.Ssd300(names), 4) })
        {
            using var network = new SsdNetwork(model, Seed);
            if (arguments is [Libtorch])
            {
                Time(model, times, new Detector(network).Detect);
                continue;
            }
            var path = Path.GetTempFileName();
            try
            {
                OnnxExport.Write(path, network.Layers(), new OnnxExportSettings(Enum.Parse<OnnxOutputs>(arguments[0])));
                using var detector = new OnnxDetector(path);
                Time(model, times, detector.Detect);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static void Time(SsdSpecification model, int times, Func<IReadOnlyList<RgbImage>, IReadOnlyList<IReadOnlyList<DetectedObject>>> detect)
    {
        var pictures = Enumerable.Range(0, 8).Select(i => RgbImage.Create(640, 480, pixels => new Random(i).NextBytes(pixels))).ToArray();
        foreach (var count in new[] { 1, 8 })
        {
            var batch = pictures[..count];
            var (seconds, _) = Measure.Repeatedly(times / count + 3, () =>
            {
                using var scope = NewDisposeScope();
                return detect(batch).Count;
            });
            var median = seconds[1..].Order().ElementAt((seconds.Length - 1) / 2); // the first one warms up
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}, {(count == 1 ? "one picture" : $"{count} pictures")}: {median}"));
        }
    }
}
