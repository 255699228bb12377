namespace SingleShot.Evaluation;

/// <summary>COCO's measure of a detector: average precision over overlaps from .50 to .95, and its companions.</summary>
/// <remarks>
/// The algorithm is that of pycocotools' COCOeval for boxes, with its twelve numbers; a truth's <c>Difficult</c> mark means
/// nothing here, as it means nothing there. Detections of equal score rank in the order of the images: pycocotools sorts
/// images by id, so give them in that order where the last digit matters.
/// </remarks>
public static class CocoEvaluation
{
    /// <summary>Evaluates the detections of a data set.</summary>
    /// <param name="classNames">The name of each class; labels index it.</param>
    /// <param name="images">Every image of the set, those with no truths and those with no detections included.</param>
    /// <returns>The scores; what no truth bears on is <see cref="double.NaN"/>, and left out of every mean.</returns>
    /// <exception cref="ArgumentException">Two images have one id, a label names no class, or a score is not a number.</exception>
    public static CocoScores Evaluate(IReadOnlyList<string> classNames, IReadOnlyList<EvaluatedImage> images)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(images);
        var scenes = ClassScene.Split(classNames.Count, images);
        var curves = new CocoCurves(classNames.Count);
        Parallel.For(0, classNames.Count, label => CocoAccumulation.Run(scenes[label], label, curves));
        return new CocoScores(classNames, curves);
    }
}
