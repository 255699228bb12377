using System.Globalization;
using SingleShot.Data.Coco;

namespace SingleShot.Evaluation.Coco;

/// <summary>COCO's measure of a detector: average precision over overlaps from .50 to .95, and its companions.</summary>
/// <remarks>
/// The algorithm is that of pycocotools' COCOeval for boxes, with its twelve numbers and the arrays that they are means of. A truth's
/// <c>Difficult</c> mark means nothing here, as it means nothing there. One oddity of pycocotools is not followed: there a truth whose
/// annotation id is 0 can never be found, because 0 also stands for no match.
/// </remarks>
public static class CocoEvaluation
{
    /// <summary>Evaluates results against an annotation file, as pycocotools does, both as they are written.</summary>
    /// <param name="annotations">The truth. Every image of it counts: see <see cref="CocoAnnotations.Only"/> for a part of a set.</param>
    /// <param name="results">What was found, in any order; results of equal score rank by image id, then in the order given.</param>
    /// <returns>The scores; what no truth bears on is <see cref="double.NaN"/>, and left out of every mean.</returns>
    /// <exception cref="ArgumentException">
    /// A result is for an image or a category that is not in the annotations, or its score or its box is not finite.
    /// </exception>
    public static CocoScores Evaluate(CocoAnnotations annotations, CocoResults results)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(results);
        var ranks = new int[annotations.Images.Count]; // of each image, by its id
        foreach (var (rank, index) in Enumerable.Range(0, ranks.Length).OrderBy(index => annotations.Images[index].Id).Index())
        {
            ranks[index] = rank;
        }
        var truths = PerClass<CocoTruth>(annotations.Categories.Count);
        foreach (var item in ByImage(annotations.Objects, item => ranks[item.Image], ranks.Length))
        {
            truths[item.Label].Add(new CocoTruth(ranks[item.Image], item.Box, item.Area, item.Crowd));
        }
        var labeled = new (int Label, CocoDetection Detection)[results.Items.Count];
        for (var i = 0; i < labeled.Length; i++)
        {
            var result = results.Items[i];
            if (!result.IsFinite)
            {
                throw new ArgumentException($"Result {i}, for image {result.ImageId}, cannot be scored: {result.Numbers}.", nameof(results));
            }
            labeled[i] = annotations.ImageIndex(result.ImageId) is { } image && annotations.Label(result.CategoryId) is { } label
                ? (label, new CocoDetection(ranks[image], result.Box, result.Score))
                : throw new ArgumentException(
                    $"Result {i} is for image {result.ImageId} and category {result.CategoryId}; {annotations.Name} has not both: "
                    + "were the results made for another set?", nameof(results));
        }
        var detections = PerClass<CocoDetection>(truths.Length);
        foreach (var (label, detection) in ByImage(labeled, item => item.Detection.Image, ranks.Length))
        {
            detections[label].Add(detection);
        }
        return Evaluate([.. annotations.Categories.Select(category => category.Name)], truths, detections);
    }

    /// <summary>Evaluates the detections of a data set in memory.</summary>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">
    /// Every image of the set, those with no truths and those with no detections included. Detections of equal score rank in the order
    /// of the images: pycocotools sorts images by id, so give them in that order where the last digit matters.
    /// </param>
    /// <returns>The scores; what no truth bears on is <see cref="double.NaN"/>, and left out of every mean.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score or a box is not finite.</exception>
    public static CocoScores Evaluate(IReadOnlyList<string> classNames, IReadOnlyList<EvaluatedImage> images)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(images);
        EvaluatedImage.Check(classNames.Count, images);
        var truths = PerClass<CocoTruth>(classNames.Count);
        var detections = PerClass<CocoDetection>(classNames.Count);
        for (var i = 0; i < images.Count; i++)
        {
            foreach (var truth in images[i].Truths)
            {
                truths[truth.Label].Add(new CocoTruth(i, CocoBox.From(truth.Box), truth.Area, truth.Crowd));
            }
            foreach (var detection in images[i].Detections)
            {
                detections[detection.Label].Add(new CocoDetection(i, CocoBox.From(detection.Box), detection.Score));
            }
        }
        return Evaluate(classNames, truths, detections);
    }

    /// <summary>The detections of a detector that was run over a COCO data set, as a results file has them.</summary>
    /// <param name="images">
    /// Images whose ids and labels are those of <paramref name="annotations"/>, as <see cref="DetectorRun"/> gives them for a set that was read
    /// without asking for other classes.
    /// </param>
    /// <param name="annotations">The annotations of the data set.</param>
    /// <returns>A result for each detection, image by image.</returns>
    /// <exception cref="ArgumentException">An image or a label is not in the annotations, or a score or a box is not finite.</exception>
    public static CocoResults ToResults(IReadOnlyList<EvaluatedImage> images, CocoAnnotations annotations)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(annotations);
        var items = new List<CocoResult>();
        foreach (var image in images)
        {
            if (!long.TryParse(image.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
                || annotations.ImageIndex(id) is null)
            {
                throw new ArgumentException($"{annotations.Name} has no image {image.Id}.", nameof(images));
            }
            image.CheckFinite();
            foreach (var detection in image.Detections)
            {
                if ((uint)detection.Label >= annotations.Categories.Count)
                {
                    throw new ArgumentException(
                        $"A detection of image {id} has label {detection.Label}; {annotations.Name} has {annotations.Categories.Count} categories.",
                        nameof(images));
                }
                items.Add(new CocoResult(id, annotations.Categories[detection.Label].Id, CocoBox.From(detection.Box), detection.Score));
            }
        }
        return new CocoResults(items, []);
    }

    /// <summary>Evaluates the classes side by side; of each, truths and detections come by rising rank of their images.</summary>
    private static CocoScores Evaluate(IReadOnlyList<string> classNames, List<CocoTruth>[] truths, List<CocoDetection>[] detections)
    {
        var curves = new CocoCurves(classNames.Count);
        Parallel.For(0, classNames.Count, label =>
        {
            if (truths[label].Count > 0)
            {
                CocoAccumulation.Run(new CocoClass(truths[label], detections[label]), label, curves);
            }
        });
        return new CocoScores(classNames, curves);
    }

    private static List<T>[] PerClass<T>(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<T>())];

    /// <summary>Items by the rank of their image; those of one image in the order given.</summary>
    private static T[] ByImage<T>(IReadOnlyList<T> items, Func<T, int> image, int images)
    {
        var next = new int[images + 1]; // where the next item of an image goes
        for (var i = 0; i < items.Count; i++)
        {
            next[image(items[i]) + 1]++;
        }
        for (var i = 1; i <= images; i++)
        {
            next[i] += next[i - 1];
        }
        var sorted = new T[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            sorted[next[image(items[i])]++] = items[i];
        }
        return sorted;
    }
}
