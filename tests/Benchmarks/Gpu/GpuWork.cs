using SingleShot.Benchmarks.Torchvision;
using SingleShot.Data;
using SingleShot.Data.Augmentation;
using SingleShot.Data.Batches;
using SingleShot.Detection;
using SingleShot.Images;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Networks;
using SingleShot.Runtime;
using SingleShot.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.Gpu;

/// <summary>The work of <c>peer.py</c>, done by this library on the best device: a line "name: seconds" for each piece, the least of several times.</summary>
internal sealed class GpuWork : IBenchmark
{
    public const string BenchmarkName = "gpu-work";

    private readonly Device _device = ComputeDevice.Best();

    public string Name => BenchmarkName;

    public string Summary => "the seconds of each piece of work, a line for each";

    private bool OnGpu => _device.type == DeviceType.CUDA;

    public void Run(IReadOnlyList<string> arguments)
    {
        random.manual_seed(1);
        var model = Specifications.Ssd300([.. Enumerable.Range(0, 90).Select(i => $"class {i}")]);
        using var network = new SsdNetwork(model, seed: 1);
        network.to(_device);
        var batch = OnGpu ? 64 : 2;
        Train(network, batch, "float32", Precision.Full);
        if (OnGpu)
        {
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (true, true);
            Train(network, batch, "TF32", Precision.Full);
        }
        try
        {
            Train(network, batch, "bfloat16", Precision.Bfloat16);
        }
        catch (NotSupportedException e)
        {
            Console.Error.WriteLine($"No line for bfloat16: {e.Message}");
        }
        Read(network, batch, arguments[0]);
        Detect(network, OnGpu ? [1, 8, 64] : [1, 2]);
        Decode(model, batch);
    }

    private void Train(SsdNetwork network, int batch, string name, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var optimizer = new MomentumSgd(network.parameters(), momentum: 0.9, weightDecay: 5e-4);
        var loss = MultiBoxLoss.For(network.Specification);
        using var prepared = new Batch(rand(batch, 3, 300, 300), RandomBoxes.Targets(batch, objects: 7, classes: 90));
        using var moved = prepared.To(_device);
        network.train();
        Report($"training step of {batch} pictures, {name}", () =>
        {
            optimizer.ZeroGradients();
            loss.Compute(network.Predict(moved.Images, precision), moved.Targets).Total.backward();
            optimizer.Step(1e-4);
        });
    }

    private void Read(SsdNetwork network, int batch, string folder)
    {
        var samples = Photographs.Files(folder).Select((file, i) => new Sample($"{i}", file, Photographs.Width, Photographs.Height, Photographs.Objects));
        var data = new DataSet("photographs", network.Specification.ClassNames, [.. samples], []);
        var loader = new BatchLoader(data, network.Specification, batch, Pipeline.Paper, seed: 1, workers: Environment.ProcessorCount, cacheBytes: 0);
        using var trainer = new Trainer(
            network, MultiBoxLoss.For(network.Specification), loader, new TrainingSettings { Steps = OnGpu ? 30 : 3, LearningRate = 1e-4, GradientLimit = 10 }, _device);
        trainer.TrainAsync().GetAwaiter().GetResult();
        var steps = trainer.History.Skip(OnGpu ? 10 : 1).ToArray();
        Measure.Write($"training step of {batch} JPEGs", steps.Min(step => step.Seconds));
        Measure.Write("of these, waiting for JPEGs, in the mean", steps.Average(step => step.DataSeconds));
    }

    private void Detect(SsdNetwork network, int[] batches)
    {
        var picture = RgbImage.Create(640, 480, pixels => new Random(1).NextBytes(pixels));
        var detector = new Detector(network, device: _device);
        foreach (var batch in batches)
        {
            Report($"detection in {batch} pictures", () => detector.Detect([.. Enumerable.Repeat(picture, batch)]));
        }
    }

    private void Decode(SsdSpecification model, int batch)
    {
        using var scope = NewDisposeScope();
        var (offsets, scores) = (randn(batch, model.BoxCount, 4, device: _device), randn(batch, model.BoxCount, model.ScoreCount, device: _device));
        var decoder = new PredictionDecoder(model, model.Detection);
        Report($"post-processing of {batch} pictures", () =>
        {
            for (var i = 0; i < batch; i++)
            {
                decoder.Decode(offsets[i], scores[i]);
            }
        });
    }

    private void Report(string name, Action work) => Measure.Report(name, OnGpu ? 7 : 1, () =>
    {
        work();
        if (OnGpu)
        {
            cuda.synchronize();
        }
    });
}
