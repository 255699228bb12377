using SingleShot.Benchmarks.Paired;
using SingleShot.Boxes;
using SingleShot.Detection;
using SingleShot.Losses;
using SingleShot.Models;
using SingleShot.Runtime;
using static TorchSharp.torch;

namespace SingleShot.Benchmarks.Growth;

/// <summary>How the cost of each kernel grows with the size of what it is given.</summary>
internal sealed class GrowthBenchmark : IBenchmark
{
    private const int Times = 5;

    public string Name => "growth";

    public string Summary => "suppression, matching, loss and decoding against boxes, objects, classes, images and threads";

    public void Run(IReadOnlyList<string> arguments)
    {
        Console.WriteLine(TorchRuntime.Describe());
        random.manual_seed(1);
        var curves = Curves().ToList();
        var folder = Path.Combine(Repository.Root, "tests", "Benchmarks", "Growth");
        File.WriteAllText(Path.Combine(folder, "growth.svg"), GrowthPlot.Svg(curves));
        Console.WriteLine("| what | of | smallest | largest | power | growth |\n|---|---|---:|---:|---:|---|");
        foreach (var curve in curves)
        {
            Console.WriteLine(curve.Row());
        }
        Console.WriteLine($"{Source.Machine}, {Source.Commit}");
    }

    private static IEnumerable<GrowthCurve> Curves()
    {
        yield return Curve("suppression", "boxes", [1_000, 3_000, 10_000, 30_000, 100_000], boxes =>
        {
            var (corners, scores) = (RandomBoxes.Corners(boxes), rand(boxes));
            return () => NonMaximumSuppression.Keep(corners, scores);
        });
        yield return Curve("matching", "objects of an image", [1, 3, 10, 30, 100, 300], objects => Matching(Ssd300(20).DefaultBoxes().ToTensor(), objects));
        yield return Curve("matching", "default boxes", [100, 1_000, 10_000, 100_000], boxes => Matching(BoxFormat.CornersToCenter(RandomBoxes.Corners(boxes)), objects: 10));
        yield return Curve("loss and its gradients", "images", [1, 2, 4, 8, 16, 32], images => Loss(Ssd300(20), images));
        yield return Curve("loss and its gradients", "classes", [1, 10, 100, 400], classes => Loss(Ssd300(classes), images: 4));
        yield return Curve("decoding of an image", "classes", [1, 10, 100, 400], classes => Decoding(Ssd300(classes)));
        yield return Curve("decoding of an image", "threads", [.. Enumerable.Range(0, 8).Select(power => 1 << power).Where(threads => threads <= Environment.ProcessorCount)], threads =>
        {
            var decode = Decoding(Ssd300(90));
            return () =>
            {
                set_num_threads(threads);
                decode();
            };
        });
    }

    /// <summary>Times a piece of work at each size: the median, after a first time that warms up.</summary>
    private static GrowthCurve Curve(string name, string of, IReadOnlyList<int> sizes, Func<int, Action> prepare) => new(name, of, [.. sizes.Select(size =>
    {
        using var scope = NewDisposeScope();
        var work = prepare(size);
        var (seconds, _) = Measure.Repeatedly(Times + 1, () =>
        {
            using var inner = NewDisposeScope();
            work();
            return 0;
        });
        return new GrowthPoint(size, Math.Round(1000 * PairedWork.Median(seconds[1..]), 3));
    })]);

    private static SsdSpecification Ssd300(int classes) => Specifications.Ssd300([.. Enumerable.Range(0, classes).Select(i => $"class {i}")]);

    private static Action Matching(Tensor defaults, int objects)
    {
        var targets = RandomBoxes.Targets(1, objects, classes: 1);
        var matcher = new BestOverlapMatcher();
        return () => matcher.Match(targets.Boxes, targets.Present, defaults, inputSize: 300);
    }

    private static Action Loss(SsdSpecification model, int images)
    {
        var targets = RandomBoxes.Targets(images, objects: 7, model.ClassNames.Count);
        var predictions = new Predictions(
            randn([images, model.BoxCount, 4], requires_grad: true), randn([images, model.BoxCount, model.ScoreCount], requires_grad: true));
        var loss = MultiBoxLoss.For(model);
        return () =>
        {
            (predictions.Offsets.grad, predictions.Scores.grad) = (null, null);
            loss.Compute(predictions, targets).Total.backward();
        };
    }

    private static Action Decoding(SsdSpecification model)
    {
        var (offsets, scores) = (randn(model.BoxCount, 4), randn(model.BoxCount, model.ScoreCount));
        var decoder = new PredictionDecoder(model, model.Detection);
        return () => decoder.Decode(offsets, scores);
    }
}
