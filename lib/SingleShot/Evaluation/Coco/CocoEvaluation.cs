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
        var classes = new CocoByClass(annotations.Categories.Count);
        var ranks = new int[annotations.Images.Count]; // of each image, by its id
        foreach (var (rank, index) in Enumerable.Range(0, ranks.Length).OrderBy(index => annotations.Images[index].Id).Index())
        {
            ranks[index] = rank;
        }
        foreach (var item in CocoByClass.ByImage(annotations.Objects, item => ranks[item.Image], ranks.Length))
        {
            classes.Add(item.Label, new CocoTruth(ranks[item.Image], item.Box, item.Area, item.Crowd));
        }
        var found = new (int Label, CocoFound Found)[results.Items.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var result = results.Items[i];
            if (!result.IsFinite)
            {
                throw new ArgumentException($"Result {i}, for image {result.ImageId}, cannot be scored: {result.Numbers}.", nameof(results));
            }
            found[i] = annotations.ImageIndex(result.ImageId) is { } image && annotations.Label(result.CategoryId) is { } label
                ? (label, new CocoFound(ranks[image], result.Box, result.Score))
                : throw new ArgumentException(
                    $"Result {i} is for image {result.ImageId} and category {result.CategoryId}; {annotations.Name} has not both: "
                    + "were the results made for another set?", nameof(results));
        }
        foreach (var (label, item) in CocoByClass.ByImage(found, item => item.Found.Image, ranks.Length))
        {
            classes.Add(label, item);
        }
        return classes.Evaluate([.. annotations.Categories.Select(category => category.Name)]);
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
        var classes = new CocoByClass(classNames.Count);
        for (var i = 0; i < images.Count; i++)
        {
            foreach (var truth in images[i].Truths)
            {
                classes.Add(truth.Label, new CocoTruth(i, CocoBox.From(truth.Box), truth.Area, truth.Crowd));
            }
            foreach (var detection in images[i].Detections)
            {
                classes.Add(detection.Label, new CocoFound(i, CocoBox.From(detection.Box), detection.Score));
            }
        }
        return classes.Evaluate(classNames);
    }
}
