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
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.Torchvision;

/// <summary>The work that <c>peer.py</c> gives torchvision, done by this library: a line "name: seconds" for each piece, the least of several times.</summary>
internal sealed class TorchvisionWork : IBenchmark
{
    public const string BenchmarkName = "torchvision-work";

    private static readonly (Precision, string)[] Precisions = [(Precision.Full, ""), (Precision.Bfloat16, ", bfloat16")];

    public string Name => BenchmarkName;

    public string Summary => "the seconds of each piece of work, a line for each";

    public void Run(IReadOnlyList<string> arguments)
    {
        random.manual_seed(1);
        var model = Specifications.Ssd300([.. Enumerable.Range(0, 90).Select(i => $"class {i}")]);
        using var network = new SsdNetwork(model, seed: 1);
        Detect(network);
        Decode(model);
        Suppress();
        Judge(model);
        Train(network);
        Load(model, arguments[0]);
    }

    private static void Detect(SsdNetwork network)
    {
        var picture = RgbImage.Create(640, 480, pixels => new Random(1).NextBytes(pixels));
        foreach (var (precision, name) in Precisions)
        {
            var detector = new Detector(network, precision: precision);
            Measure.Report($"SSD300, one picture{name}", 6, () => detector.Detect(picture));
            Measure.Report($"SSD300, 8 pictures{name}", 2, () => detector.Detect([.. Enumerable.Repeat(picture, 8)]));
        }
    }

    private static void Decode(SsdSpecification model)
    {
        using var scope = NewDisposeScope();
        var (offsets, scores) = (randn(8, model.BoxCount, 4), randn(8, model.BoxCount, model.ScoreCount));
        var decoder = new PredictionDecoder(model, model.Detection);
        Measure.Report("post-processing, 8 pictures", 4, () =>
        {
            for (var i = 0; i < 8; i++)
            {
                decoder.Decode(offsets[i], scores[i]);
            }
        });
    }

    private static void Suppress()
    {
        foreach (var (count, times) in new[] { (1000, 20), (10000, 5), (30000, 2) })
        {
            using var scope = NewDisposeScope();
            var (boxes, scores) = (RandomBoxes.Corners(count), rand(count));
            Measure.Report($"suppression of {count} boxes", times, () => NonMaximumSuppression.Keep(boxes, scores));
        }
    }

    private static void Judge(SsdSpecification model)
    {
        using var scope = NewDisposeScope();
        var targets = RandomBoxes.Targets(32, objects: 7, classes: 90);
        var predictions = new Predictions(
            randn([32, model.BoxCount, 4], requires_grad: true), randn([32, model.BoxCount, model.ScoreCount], requires_grad: true));
        var loss = MultiBoxLoss.For(model);
        Measure.Report("matching, loss, gradients, 32 pictures", 4, () =>
        {
            (predictions.Offsets.grad, predictions.Scores.grad) = (null, null);
            loss.Compute(predictions, targets).Total.backward();
        });
    }

    private static void Train(SsdNetwork network)
    {
        using var scope = NewDisposeScope();
        using var optimizer = new MomentumSgd(network.parameters(), momentum: 0.9, weightDecay: 5e-4);
        var loss = MultiBoxLoss.For(network.Specification);
        network.train();
        foreach (var (precision, name) in Precisions)
        {
            Report(pictures: 2, times: 4, precision, name);
        }
        Report(pictures: 8, times: 2, Precision.Full, "");

        void Report(int pictures, int times, Precision precision, string name)
        {
            var (input, targets) = (rand(pictures, 3, 300, 300), RandomBoxes.Targets(pictures, objects: 7, classes: 90));
            Measure.Report($"training step, {pictures} pictures{name}", times, () =>
            {
                optimizer.ZeroGradients();
                loss.Compute(network.Predict(input, precision), targets).Total.backward();
                optimizer.Step(1e-4);
            });
        }
    }

    private static void Load(SsdSpecification model, string folder)
    {
        var samples = Photographs.Files(folder).Select((file, i) => new Sample($"{i}", file, Photographs.Width, Photographs.Height, Photographs.Objects));
        var data = new DataSet("photographs", model.ClassNames, [.. samples], []);
        var loader = new BatchLoader(data, model, batchSize: 16, Pipeline.Paper, seed: 1, workers: Environment.ProcessorCount, cacheBytes: 0);
        var epoch = 0;
        Measure.Report("reading, augmenting, batching 64 JPEGs", 3, () =>
        {
            foreach (var batch in loader.Epoch(epoch++))
            {
                batch.Dispose();
            }
        });
    }
}
