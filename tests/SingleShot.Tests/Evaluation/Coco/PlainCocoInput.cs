using SingleShot.Data.Coco;
using SingleShot.Evaluation;
using SingleShot.Evaluation.Coco;

namespace SingleShot.Tests.Evaluation.Coco;

/// <summary>Hands the library's records to the plain algorithm, and holds the outcomes beside each other.</summary>
internal static class PlainCocoInput
{
    public static PlainCoco Evaluate(CocoAnnotations annotations, CocoResults results) => new(
        annotations.Images.Select(image => image.Id),
        annotations.Categories.Select(category => category.Id),
        annotations.Objects.Select(item => new PlainCoco.Truth(
            item.Id, annotations.Images[item.Image].Id, annotations.Categories[item.Label].Id, Numbers(item.Box), item.Area, item.Crowd)),
        results.Items.Select(item => new PlainCoco.Result(item.ImageId, item.CategoryId, Numbers(item.Box), item.Score)));

    public static PlainCoco Evaluate(int classes, IReadOnlyList<EvaluatedImage> images) => new(
        Enumerable.Range(0, images.Count).Select(index => (long)index),
        Enumerable.Range(0, classes).Select(label => (long)label),
        images.SelectMany((image, index) => image.Truths.Select((truth, i) => new PlainCoco.Truth(
            i + 1, index, truth.Label, Numbers(CocoBox.From(truth.Box)), truth.Area, truth.Crowd))),
        images.SelectMany((image, index) => image.Detections.Select(found =>
            new PlainCoco.Result(index, found.Label, Numbers(CocoBox.From(found.Box)), found.Score))));

    /// <summary>The largest difference in any number: precision, recall, the twelve and the classes' own; infinite where one alone is -1.</summary>
    public static double LargestDifference(CocoScores scores, PlainCoco plain)
    {
        var largest = 0.0;
        foreach (var (number, plainly) in scores.Stats.Zip(plain.Stats()))
        {
            Compare(number, plainly);
        }
        for (var label = 0; label < scores.ClassNames.Count; label++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = 0; t < 10; t++)
            {
                for (var area = 0; area < 4; area++)
                {
                    for (var limit = 0; limit < 3; limit++)
                    {
                        Compare(scores.Recall(t, label, (CocoArea)area, limit), plain.Recall[t, label, area, limit]);
                        var precision = scores.Precision(t, label, (CocoArea)area, limit);
                        for (var r = 0; r < precision.Length; r++)
                        {
                            Compare(precision[r], plain.Precision[t, r, label, area, limit]);
                            (sum, count) = area == 0 && limit == 2 ? (sum + plain.Precision[t, r, label, area, limit], count + 1) : (sum, count);
                        }
                    }
                }
            }
            Compare(scores.ClassAP[label], sum / count);
        }
        return largest;

        void Compare(double number, double plainly) =>
            largest = Math.Max(largest, double.IsNaN(number) != (plainly == -1) ? double.PositiveInfinity : plainly == -1 ? 0 : Math.Abs(number - plainly));
    }

    private static double[] Numbers(CocoBox box) => [box.Left, box.Top, box.Width, box.Height];
}
