using SingleShot.Evaluation.Coco;
using SingleShot.Tests.Evaluation.Coco;

namespace SingleShot.Benchmarks.Evaluation;

/// <summary>One evaluation of a set like COCO's val2017, beside the plain algorithm, which must say the same.</summary>
internal sealed class EvaluationBenchmark : IBenchmark
{
    private const double Tolerance = 1e-12;

    public string Name => "evaluation";

    public string Summary => "COCO's twelve numbers of 5,000 images, 36,000 truths, 100 detections an image, 80 classes, beside the plain algorithm";

    public void Run(IReadOnlyList<string> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("singleshot-benchmark-");
        try
        {
            var (annotations, results) = ValidationSet.Write(folder.FullName, images: 5000, truths: 36_000, detections: 100, classes: 80, seed: 2017);
            Console.WriteLine($"  {annotations.Images.Count} images, {annotations.Objects.Count} truths, {results.Items.Count} detections, {annotations.Categories.Count} classes");
            var (times, scores) = Measure.Repeatedly(5, () => CocoEvaluation.Evaluate(annotations, results));
            var (plainly, plain) = Measure.Once(() => PlainCocoInput.Evaluate(annotations, results));
            Console.WriteLine(scores);
            var difference = PlainCocoInput.LargestDifference(scores, plain);
            Console.WriteLine($"  evaluation: {string.Join(", ", times.Select(time => $"{time:0.000}"))} s");
            Console.WriteLine($"  the plain algorithm: {plainly:0.0} s, {plainly / times.Min():0} times as long");
            Console.WriteLine($"  largest difference of any number, {80 * 10 * 4 * 3 * 102} cells, the twelve and 80 classes: {difference:0.0e0}");
            if (!(difference <= Tolerance))
            {
                throw new InvalidOperationException($"The evaluation and the plain algorithm differ by {difference}: more than {Tolerance}.");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
